/** The tour for those who are here for the first time. */
export const tour = {
  'tour.offer': 'New here? A minute shows you a graph that runs, and ends with one of your own.',
  'tour.start': 'Show me',
  'tour.noThanks': 'No, thanks',
  'tour.command': 'Take the tour',
  'tour.of': '{step} of {count}',
  'tour.next': 'Next',
  'tour.back': 'Back',
  'tour.end': 'End the tour',
  'tour.done': 'Done',
  'tour.live.title': 'This runs now',
  'tour.live.text':
    'A clip goes through the graph beside it, and what was found is drawn over it. Space holds the picture, the arrow keys go a frame back and forth.',
  'tour.canvas.title': 'The graph',
  'tour.canvas.text':
    'Frames go from left to right, each box is a node. Select the one called "smooth": it takes the trembling out of the hand.',
  'tour.slider.title': 'Change it while it runs',
  'tour.slider.text':
    'What is marked live changes at once. Move a slider, and see the hand follow more calmly, or more quickly.',
  'tour.source.title': 'Your own hands',
  'tour.source.text':
    'One click takes your camera in place of the clip. Its pictures go to this server alone. Go on without it, if you like.',
  'tour.deploy.title': 'Keep it',
  'tour.deploy.text': 'Deploy says what it comes to, saves it, and runs it, also after the server was started again.',
  'tour.end.title': 'A graph of your own runs',
  'tour.end.text':
    'That is all it takes. Ctrl+K (on a Mac ⌘K) finds every command; the gallery has more graphs, and Teach learns signs of your own.',
} as const;
