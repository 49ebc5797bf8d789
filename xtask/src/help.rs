//! The text of `cargo xtask help`.

pub fn print() {
    println!("{TEXT}");
}

const TEXT: &str = "\
The project's commands:

  cargo xtask serve [--port N]      build the page, serve it (port 8080) and open it; rebuilds on change
  cargo xtask test                  everything: format, lints, native tests, release build, gates, browser tests
        --only STEP                 one step: setup, format, lints, native, dist, sizes, constructors or browser
        --skip-browser              all but the browser tests
  cargo xtask dist                  build the page into dist/, ready for any static host and any sub-path
  cargo xtask split                 cut the page's program into parts that are fetched when needed; Trunk runs it, dist and serve through it
  cargo xtask threads               build the CPU trainer for several threads into dist/; dist and serve do it by themselves
  cargo xtask sizes                 compressed sizes of what is in dist/, against their limits
  cargo xtask data                  make the full CIFAR-10 set in www/data/full (not committed; fetches 139 MB once)
        --starter                   remake the small set in www/data/starter (committed) instead
  cargo xtask describe OPTIONS      a network in figures, as JSON: --depth 29 --start-filters 4 …, or a link of the page
  cargo xtask parity DIR…           compare the CPU backend with reference cases, one JSON line each
  cargo xtask train LINK            train natively on the CPU what a link trains in a browser, one JSON line a report
  cargo xtask train --config LINK   the same with one JSON line an epoch, and the weights it kept tested at the end;
                                    instead of a link also JSON with the same keys, or a file that ends in .json
        --data FOLDER               images, by default www/data/starter
        --save FILE                 the weights in the end
        --test FILE                 train nothing: test weights that --save wrote
        --experiment QUESTION       one of the page's experiments on the link's network instead: skips, depth, lesions,
                                    batch-norm, order or first-step
  cargo xtask verify-exports        run exported Keras, PyTorch and Burn code and compare probabilities (installs 5 GB in target/)
  cargo xtask bench                 time a training step of ours and of other libraries in one browser, into docs/performance.md
        --only NAME,…               these trainers alone; --depths 11,20 --filters 8,16 --batch 32: these networks alone;
        --rounds N --seconds N      rounds, and the time that every trainer gets in each. With any of these the results
                                    are printed and docs/performance.md stays; --write changes it all the same
        --gpu-everywhere            larger networks on a graphics adapter by software, too
        --profile                   the time of each WebGPU kernel of ours
  cargo xtask setup                 install what is missing; the others do it by themselves
        --browser                   the browser for the tests, too
  cargo xtask help                  this text

Set CHROME to a Chromium or Chrome of your own for the browser tests.";
