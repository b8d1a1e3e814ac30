/**
 * Words that stand in every text and say nothing of what it is about, chosen by hand for prose: articles, pronouns,
 * prepositions, conjunctions, particles, auxiliary verbs, and the verbs that carry dialogue.
 */
const english =
  'a an the and or but nor so yet if then than that this these those there here who whom whose which what when where ' +
  'why how all any both each few more most other some such no not only own same too very just also even still again ' +
  'i me my mine we us our ours you your yours he him his she her hers it its they them their theirs myself himself ' +
  'herself itself themselves yourself am is are was were be been being have has had having do does did doing done ' +
  'will would shall should can could may might must of at by for with about against between into through during ' +
  'before after above below to from up down in out on off over under further once as until while because upon s t re ' +
  've ll d m don isn wasn didn couldn wouldn said say says asked one'

const russian =
  'и а но да или либо то что чтобы как так если когда пока хотя потому поэтому ведь же ли бы б ж вот вон не ни нет ' +
  'в во на с со к ко у о об обо от ото до из изо за по под над при про для без через между перед около после я меня ' +
  'мне мной мы нас нам нами ты тебя тебе тобой вы вас вам вами он его него ему нему им ним нем она ее нее ей ней ' +
  'оно они их них ими ними себя себе собой мой моя мое мои твой твоя твое твои наш наша наше наши ваш ваша ваше ' +
  'ваши свой своя свое свои своего своей своих этот эта это эти этого этой этом этих этим тот та те того той том тех ' +
  'тем весь вся все всего всей всем всех кто кого кому кем чей чего чему чем который которая которое которые ' +
  'которого которой где куда откуда тут там туда сюда здесь тогда теперь уже еще только лишь даже тоже также очень ' +
  'был была было были быть будет будут есть был бывает мог могла могли может можно надо нужно сам сама само сами ' +
  'один одна одно сказал сказала спросил спросила'

const words = new Set(`${english} ${russian}`.split(' '))

/** `word` is lower case, with `е` for `ё`. */
export const isStopWord = (word: string): boolean => words.has(word)
