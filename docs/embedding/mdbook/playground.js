// The playground's address stands here and nowhere else.
const script = document.createElement('script')
script.src = 'https://playground.example/resnet-playground.js'
document.head.append(script)
