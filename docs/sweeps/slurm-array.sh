#!/bin/sh
# A sweep as a Slurm array: one shard for each task of the array, each with a file of its own.
#   sbatch docs/sweeps/slurm-array.sh
# A task that was ended by its time limit or its node goes on when the array is submitted again.
#SBATCH --job-name=resnet-sweep
#SBATCH --array=1-4
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=04:00:00
set -eu

# The same for every task: a shard is a part of this sweep.
LINK='epochs=22&batch=8&optimizer=adamw&weight-decay=0.2&schedule=one-cycle&widening=2&dense=0'
RESULTS="${RESULTS:-results}"

# Shards count from 1; this is right for an array that begins elsewhere, too.
SHARD=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))
mkdir -p "$RESULTS"
resnet-playground sweep "$LINK" \
  --vary depth=11,20,29 --vary skips=on,off --seeds 3 \
  --jobs "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$SHARD/$SLURM_ARRAY_TASK_COUNT" \
  --out "$RESULTS/shard-$SHARD.jsonl" \
  ${DATA:+--data "$DATA"}
