/** The words of style sheets that are known; what is newer is missing on purpose. */

const families = [
  '(?:align|justify|place)-(?:content|items|self)',
  'animation(?:-(?:delay|direction|duration|fill-mode|iteration-count|name|play-state|timing-function))?',
  'background(?:-(?:attachment|blend-mode|clip|color|image|origin|position|repeat|size))?',
  'border(?:-(?:bottom|left|right|top))?(?:-(?:color|style|width))?',
  'border-(?:block|inline)(?:-(?:start|end))?(?:-(?:color|style|width))?',
  'border-(?:(?:bottom|top)-(?:left|right)-|(?:start|end)-(?:start|end)-)?radius',
  'border-(?:boundary|collapse|spacing|image(?:-(?:outset|repeat|slice|source|width))?)',
  'box-(?:decoration-break|shadow|sizing|snap)|(?:page-)?break-(?:after|before|inside)|caret(?:-(?:color|shape))?|clip(?:-(?:path|rule))?',
  'color(?:-(?:adjust|scheme|interpolation-filters))?|column-(?:count|fill|gap|span|width|rule(?:-(?:color|style|width))?)|columns',
  'contain(?:er(?:-(?:name|type))?|-intrinsic-(?:block-size|height|inline-size|size|width))?|content(?:-visibility)?|counter-(?:increment|reset|set)',
  'fill(?:-(?:break|color|image|opacity|origin|position|repeat|rule|size))?|flex(?:-(?:basis|direction|flow|grow|shrink|wrap))?|float|flood-(?:color|opacity)',
  'font(?:-(?:family|feature-settings|kerning|language-override|optical-sizing|palette|size|size-adjust|stretch|style|variation-settings|weight|synthesis(?:-(?:small-caps|style|weight))?|variant(?:-(?:alternates|caps|east-asian|emoji|ligatures|numeric|position))?))?',
  'gap|row-gap|grid(?:-(?:area|auto-(?:columns|flow|rows)|(?:column|row)(?:-(?:end|start))?|template(?:-(?:areas|columns|rows))?))?',
  '(?:max-|min-)?(?:height|width|block-size|inline-size)|hyphens|image-(?:orientation|rendering|resolution)|inset(?:-(?:block|inline)(?:-(?:end|start))?)?',
  'letter-spacing|line-(?:break|clamp|height)|list-style(?:-(?:image|position|type))?|(?:margin|padding)(?:-(?:bottom|left|right|top|(?:block|inline)(?:-(?:end|start))?))?',
  'marker(?:-(?:end|mid|side|start))?|mask(?:-(?:clip|composite|image|mode|origin|position|repeat|size|type|border))?|max-lines|mix-blend-mode',
  'object-(?:fit|position)|offset(?:-(?:anchor|distance|path|position|rotate))?|outline(?:-(?:color|offset|style|width))?|overflow(?:-(?:anchor|block|inline|wrap|x|y|clip-margin))?|overscroll-behavior(?:-(?:block|inline|x|y))?',
  'perspective(?:-origin)?|scroll-(?:behavior|snap-(?:align|stop|type)|(?:margin|padding)(?:-(?:bottom|left|right|top|block|inline))?)|scrollbar-(?:color|gutter|width)|shape-(?:image-threshold|inside|margin|outside)',
  'stroke(?:-(?:color|dasharray|dashoffset|linecap|linejoin|miterlimit|opacity|width))?',
  'text-(?:align(?:-(?:all|last))?|combine-upright|decoration(?:-(?:color|line|skip|skip-ink|style|thickness))?|emphasis(?:-(?:color|position|style))?|indent|justify|orientation|overflow|shadow|transform|underline-(?:offset|position)|wrap|spacing)',
  'transform(?:-(?:box|origin|style))?|transition(?:-(?:delay|duration|property|timing-function))?|word-(?:break|spacing|wrap)',
  'accent-color|all|appearance|aspect-ratio|backface-visibility|bottom|caption-side|clear|continue|cue|cursor|direction|display|dominant-baseline|empty-cells|filter|flow|isolation|left|opacity|order|orphans|page|pause|pitch|pointer-events|position|print-color-adjust|quotes|resize|rest|right|rotate|ruby-(?:align|position)|scale|speak|stress|tab-size|table-layout|top|translate|unicode-bidi|user-select|vertical-align|visibility|volume|white-space|widows|will-change|writing-mode|z-index',
];

const values = [
  'above absolute alias all all-scroll alpha alternate alternate-reverse always auto avoid avoid-column avoid-page backwards balance baseline behind below blink block bold bolder border-box both bottom break-word',
  'capitalize cell center center-left center-right circle clip clone close-quote col-resize collapse color color-burn color-dodge column column-reverse compact condensed contain container content-box context-menu continuous copy cover crisp-edges crop cross crosshair currentColor cursive',
  'darken dashed decimal decimal-leading-zero default difference digits disc distribute dot dotted double e-resize ease ease-in ease-in-out ease-out edges ellipsis embed end ew-resize exclusion expanded extra-condensed extra-expanded',
  'fantasy fast faster fill fill-box filled first fixed flat flex flex-end flex-start flip forwards from-image full-width geometricPrecision groove hanging hard-light help hidden hide high higher horizontal hue',
  'icon infinite inherit initial ink inline inline-block inline-flex inline-table inset inside inter-word invert isolate italic justify landscape large larger last left level lighten lighter line-through linear list-item local loose low lower lower-alpha lower-greek lower-latin lower-roman lowercase ltr luminance luminosity',
  'mandatory manipulation manual margin-box match-parent medium message-box middle mix mixed monospace move multiply n-resize ne-resize nesw-resize no-drop no-repeat none normal not-allowed nowrap ns-resize nw-resize nwse-resize',
  'objects oblique off on once open open-quote optimizeLegibility optimizeSpeed outset outside over overlay overline padding-box page pan-x pan-y paused petite-caps pixelated pointer portrait pre pre-line pre-wrap preserve-3d progress proximity',
  'relative repeat repeat-x repeat-y reverse ridge right round row row-resize row-reverse rtl ruby run-in running s-resize sans-serif saturation scale-down screen scroll se-resize semi-condensed semi-expanded separate serif show sideways slice slow slower small small-caps small-caption smaller smooth snap soft soft-light solid space space-around space-between spaces square start static status-bar step-end step-start sticky stretch strict stroke-box style super sw-resize',
  'table table-caption table-cell table-column table-column-group table-footer-group table-header-group table-row table-row-group text text-bottom text-top thick thin titling-caps to top triangle ultra-condensed ultra-expanded under underline unicase unset upper-alpha upper-latin upper-roman uppercase upright',
  'vertical vertical-text view-box visible w-resize wait wavy weight wider wrap wrap-reverse x-large x-small xx-large xx-small yes zoom-in zoom-out',
  'transparent aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen',
];

/** Names of properties, as a pattern. */
export const properties = `(?:${families.join('|')})(?![\\w-])`;

/** Words that are values, as a pattern: the longer ones first. */
export const constants = `(?:${values
  .join(' ')
  .split(' ')
  .toSorted((one, other) => other.length - one.length)
  .join('|')})\\b`;

/** Functions, as a pattern. */
export const functions =
  'attr|blur|brightness|calc|circle|contrast|counter|cubic-bezier|drop-shadow|ellipse|gray|grayscale|hsla?|hue|hue-rotate|hwb|image|inset|invert|(?:repeating-)?(?:linear|radial)-gradient|matrix|matrix3d|opacity|perspective|polygon|rect|rgba?|rotate|rotate3d|rotate[XYZ]|saturate|saturation|scale|scale3d|scale[XYZ]|sepia|skew[XY]|steps|toggle|translate|translate3d|translate[XYZ]';
