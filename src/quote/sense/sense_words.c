#include "quote/sense/fillers.h"
#include "quote/sense/sense.h"

#define ENTRY(text) text "|"

/* Common words tell the languages apart, so words that two languages share are left out of them where
 * possible. */
const sb_senses sb_sense_languages[] = {
    {.language = "en",
     .common =
         "the|and|of|to|is|that|it|was|for|you|with|this|but|have|are|they|what|from|a|an|i|we|he|she|in|on|"
         "at|"
         "be|been|were|as|by|or|so|my|our|your|their|his|her|its|us|them|him|me|has|had|do|does|did|there|"
         "here|"
         "then|than|who|which|when|where|how|these|those|am|will|would|just|very|about|into|up|out|it's|i'm",
     .negations =
         "not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|*n't|cant|wont|dont|didnt|isnt|"
         "wasnt|doesnt|arent|couldnt|wouldnt|shouldnt|hardly|barely|scarcely|no one|ain't|fail to|fails "
         "to|failed to|refuse to|refuses to|"
         "refused to|decline to|declines to|declined to|unable to|instead of|rather than|far from|anything "
         "but",
     .conditions =
         "if|unless|provided|providing|assuming|suppose|supposing|except|as long as|so long as|in case|"
         "on condition|otherwise|whether|only when|depending on|until|depends on|subject to|contingent "
         "on|contingent upon",
     .weighty =
         "all|every|everyone|everybody|everything|always|only|most|many|few|some|both|more|less|fewer|least|"
         "must|may|might|can|could|will|would|should|shall|before|after|above|below|over|under|up|down|half|"
         "double|twice|dozen|dozens|hundreds|thousands|millions|billions|percent|he|she|they|we|i|you|"
         "increase|decrease|rise|fall|rose|fell|win|lose|won|lost|sometimes|often|rarely|seldom|first|last|"
         "january|february|march|april|june|july|august|september|october|november|december|pm|"
         "second|seconds|minute|minutes|hour|hours|day|days|week|weeks|month|months|year|years|decade|"
         "decades|century|centuries|dollar|dollars|euro|euros|pound|pounds|cent|cents|pence|degrees|"
         "inch|inches|foot|feet|yard|yards|mile|miles|ounce|ounces|ton|tons|meter|meters|gram|grams|"
         "liter|liters|gallon|gallons",
     .fillers = SB_ENGLISH_HESITATIONS(ENTRY) SB_ENGLISH_ASIDES(ENTRY) SB_ENGLISH_MARKERS(ENTRY),
     .variants =
         "gonna=going to|wanna=want to|gotta=got to|kinda=kind of|cause=because|cuz=because|"
         "em=them|dunno=do not know|lemme=let me|gimme=give me|won't=will not|can't=can not|cannot=can not|"
         "shan't=shall not|ain't=is not|*n't= not|*'re= are|*'ve= have|*'ll= will|i'm=i am|let's=let us|"
         "it's=it is|that's=that is|there's=there is|what's=what is|he's=he is|she's=she is|who's=who is|"
         "where's=where is|how's=how is|here's=here is|everything's=everything is|nobody's=nobody is|"
         "ok=okay|o.k=okay|yeah=yes|yep=yes|yup=yes|nope=no|colour=color|favour=favor|favourite=favorite|"
         "labour=labor|honour=honor|neighbour=neighbor|behaviour=behavior|centre=center|theatre=theater|"
         "metre=meter|litre=liter|grey=gray|programme=program|cheque=check|tyre=tire|travelled=traveled|"
         "cancelled=canceled|defence=defense|licence=license|realise=realize|realised=realized|"
         "organise=organize|organised=organized|recognise=recognize|recognised=recognized|whilst=while|"
         "amongst=among|towards=toward|alright=all right|mum=mom|aluminium=aluminum|til=until|till=until|"
         "an=a|thru=through|tv=television|vs=versus|&=and|i'd=i would|we'd=we would|they'd=they would|"
         "he'd=he would|she'd=she would|you'd=you would"},
    {.language = "de",
     .common = "der|die|das|und|ist|ich|nicht|wir|ein|eine|zu|den|mit|auf|es|sie|auch|war|dass|von|dem|haben|"
               "sind|hat|im",
     .negations = "nicht|nichts|nie|niemals|niemand|niemanden|kein*|ohne|weder|nirgends|kaum|nein",
     .conditions = "wenn|falls|sofern|ausser|vorausgesetzt|sonst|solange|es sei denn|ob|bis",
     .weighty =
         "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|"
         "elf|zwölf|*zehn|*zig|*hundert*|*tausend*|*million*|*milliarde*|prozent|"
         "alle|jeder|immer|nur|viele|wenige|mehr|weniger|muss|darf|kann|konnte|soll|sollte|wird|wurde|"
         "vor|nach|erste*|zweite*|dritte*|vierte*|fünfte*|sechste*|siebte*|achte*|neunte*|*zehnte*|elfte*|"
         "zwölfte*|*zigste*|*ßigste*|januar|februar|märz|april|mai|juni|juli|august|september|oktober|"
         "november|dezember|sekunde*|minute*|stunde|stunden|tag|tage|tagen|woche|wochen|monat|monate|"
         "monaten|jahr|jahre|jahren|jahrzehnt*|jahrhundert*|euro|euros|dollar|cent|pfund|grad|meter|"
         "metern|tonne|tonnen|gramm|liter|litern",
     .fillers = "ah|ahm|hm|na|also|halt|eben|sozusagen",
     .variants = "ist's=ist es|hab=habe|nix=nichts|'ne=eine|'n=ein"},
    {.language = "fr",
     .common = "les|des|est|que|et|une|dans|pour|pas|vous|nous|qui|c'est|ce|au|sur|avec|je|il|elle|on|la|le",
     .negations = "pas|jamais|rien|personne|aucun*|sans|ni|ne|n'*|non|guere|nulle",
     .conditions = "si|s'il|s'ils|sauf|a condition|pourvu|a moins|au cas|sinon|jusqu'a",
     .weighty =
         "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|"
         "vingt|trente|quarante|cinquante|soixante|cent|cents|mille|million|millions|milliard|milliards|"
         "tous|toutes|toujours|seulement|beaucoup|peu|plus|moins|doit|peut|pourrait|avant|apres",
     .fillers = "euh|heu|ben|bah|hein|quoi|bon|voila",
     .variants = "t'as=tu as|y'a=il y a|ouais=oui"},
    {.language = "es",
     .common = "que|los|las|una|por|para|como|con|pero|muy|esta|yo|mas|del|el|la|y|se|lo|es",
     .negations = "no|nunca|jamas|nadie|nada|ningun*|sin|tampoco|ni",
     .conditions = "si|a menos que|salvo|excepto|siempre que|con tal|en caso|hasta que",
     .weighty = "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|"
                "doce|veinte|treinta|cuarenta|cincuenta|cien|ciento|cientos|mil|millón|millones|"
                "todos|todas|siempre|solo|muchos|pocos|mas|menos|debe|puede|podria|antes|despues",
     .fillers = "eh|este|pues|bueno|o sea",
     .variants = "pa=para|pa'=para"},
    {.language = "it",
     .common = "che|di|il|la|per|una|con|sono|della|gli|anche|questo|perche|del|e|le|piu|come|ma",
     .negations = "non|mai|nessun*|niente|nulla|senza|ne|neanche|nemmeno|no",
     .conditions = "se|a meno che|purche|salvo|tranne|nel caso|finche",
     .weighty = "due|tre|quattro|cinque|sei|sette|otto|nove|dieci|"
                "venti|trenta|quaranta|cinquanta|cento|mille|mila|milione|milioni|"
                "tutti|tutte|sempre|solo|molti|pochi|piu|meno|deve|puo|potrebbe|prima|dopo",
     .fillers = "eh|ehm|cioe|allora|beh",
     .variants = "pò=poco"},
    {.language = "pt",
     .common = "que|nao|uma|os|para|com|voce|isso|mas|mais|muito|do|da|em|e|o|a|eu|ele|foi",
     .negations = "nao|nunca|jamais|ninguem|nada|nenhum*|sem|nem|tampouco",
     .conditions = "se|a menos que|salvo|exceto|desde que|caso|ate que",
     .weighty = "dois|duas|três|quatro|cinco|seis|sete|oito|nove|"
                "dez|vinte|trinta|quarenta|cinquenta|cem|cento|mil|milhão|milhões|"
                "todos|todas|sempre|so|muitos|poucos|mais|menos|deve|pode|poderia|antes|depois",
     .fillers = "eh|ne|tipo|entao|bom",
     .variants = "ta=esta|pra=para|pro=para o"},
    {.language = "nl",
     .common = "het|een|van|niet|dat|ik|zijn|voor|met|maar|ook|je|de|en|er|wat|die|naar",
     .negations = "niet|niets|geen|nooit|niemand|zonder|nergens|nauwelijks|nee",
     .conditions = "als|indien|tenzij|mits|behalve|of|totdat",
     .weighty = "twee|drie|vier|vijf|zes|zeven|acht|"
                "negen|tien|*tig|honderd|duizend|miljoen|procent|"
                "alle|altijd|alleen|veel|weinig|meer|minder|moet|mag|kan|zou|voor|na",
     .fillers = "eh|uh|nou|zeg maar|dus",
     .variants = "'t=het|'n=een|da's=dat is"},
    {.language = "da",
     .common = "det|er|og|jeg|ikke|en|at|til|af|som|med|for|har|vi|der|den|pa",
     .negations = "ikke|ingen|intet|aldrig|uden|hverken|nej|ej",
     .conditions = "hvis|medmindre|undtagen|safremt|om",
     .weighty = "to|tre|fire|fem|seks|syv|otte|"
                "ni|ti|hundrede|tusind|tusinde|million|millioner|procent|"
                "alle|altid|kun|mange|fa|mere|mindre|skal|ma|kan|kunne",
     .fillers = "oh|altsa|ikk",
     .variants = "ik=ikke"},
    {.language = "sv",
     .common = "det|och|att|som|jag|inte|pa|med|for|ar|av|vi|har|den|ett",
     .negations = "inte|ingen|inget|inga|aldrig|utan|varken|nej|ej|icke",
     .conditions = "om|ifall|savida|forutsatt|utom",
     .weighty = "två|tre|fyra|fem|sex|sju|åtta|"
                "nio|tio|*tio|hundra|tusen|miljon|miljoner|procent|"
                "alla|alltid|bara|manga|fa|mer|mindre|ska|maste|kan|kunde",
     .fillers = "eh|liksom|alltsa",
     .variants = "nån=någon"},
    {.language = "nb",
     .common = "det|er|og|jeg|ikke|en|a|til|av|som|med|for|har|vi|pa|den",
     .negations = "ikke|ingen|intet|aldri|uten|verken|nei|ei",
     .conditions = "hvis|dersom|med mindre|unntatt|om",
     .weighty = "to|tre|fire|fem|seks|sju|åtte|"
                "ni|ti|*tti|hundre|tusen|million|millioner|prosent|"
                "alle|alltid|bare|mange|fa|mer|mindre|skal|ma|kan|kunne",
     .fillers = "eh|liksom|altsa",
     .variants = "ikkje=ikke"},
    {.language = "ru",
     .common = "и|в|не|что|на|я|с|это|как|он|мы|по|но|так|все|был|у",
     .negations = "не|нет|ни|никогда|никто|никого|ничего|ничто|без|нигде|нельзя",
     .conditions = "если|кроме|при условии|ли|пока не|иначе",
     .weighty = "два|две|три|четыре|пять|шесть|семь|восемь|девять|"
                "десять|*дцать|*десят|сто|*сот|тысяча|тысяч|тысячи|миллион|миллионов|"
                "все|всегда|только|много|мало|больше|меньше|должен|может|мог|до|после",
     .fillers = "ну|э|вот|типа",
     .variants = "щас=сейчас|чё=что"},
    {.language = "uk",
     .common = "і|в|не|що|на|я|з|це|як|він|ми|та|але|у|є",
     .negations = "не|ні|ніколи|ніхто|нічого|без|немає|нема",
     .conditions = "якщо|крім|за умови|чи|інакше",
     .weighty = "всі|завжди|тільки|багато|мало|більше|менше|може",
     .fillers = "ну|е|от",
     .variants = "шо=що"},
    {.language = "pl",
     .common = "i|w|nie|ze|na|to|jest|sie|z|jak|ale|do|co|tak|po",
     .negations = "nie|nigdy|nikt|nic|bez|zaden|zadna|zadne|ani|nigdzie",
     .conditions = "jesli|jezeli|gdyby|gdy|chyba ze|oprocz|pod warunkiem|czy|dopoki",
     .weighty = "dwa|dwie|trzy|cztery|piec|szesc|siedem|osiem|"
                "dziewiec|dziesiec|*dziescia|*dziesiat|sto|tysiac|tysiecy|milion|milionow|"
                "wszyscy|zawsze|tylko|wiele|malo|wiecej|mniej|musi|moze",
     .fillers = "no|eee|wiesz",
     .variants = "se=sobie"},
    {.language = "el",
     .common = "και|το|να|η|ο|την|της|που|είναι|με|για|τα|θα|στο",
     .negations = "δεν|δε|μην|μη|όχι|ποτέ|κανείς|κανένας|τίποτα|χωρίς|ούτε",
     .conditions = "αν|εάν|εκτός|αρκεί",
     .weighty = "όλοι|πάντα|μόνο|πολλοί|λίγοι|πρέπει|μπορεί",
     .fillers = "εε|λοιπόν",
     .variants = "ναι=ναι"},
    {.language = "tr",
     .common = "ve|bir|bu|de|da|için|ile|çok|ben|ne|o|ama",
     .negations = "değil|yok|hayır|asla|hiç|hiçbir|kimse",
     .conditions = "eğer|sürece|takdirde|yoksa|*sa|*se",
     .weighty = "hep|herkes|sadece|çok|az|daha",
     .fillers = "yani|şey",
     .variants = "bi=bir"},
    {.language = "zh",
     .common = "*的*|*是*|*我*|*在*|*了*|*们*",
     .negations = "*不*|*没*|*沒*|*无*|*無*|*别*|*未*|*非*",
     .conditions = "*如果*|*要是*|*假如*|*除非*|*只要*|*只有*|*若*",
     .weighty = "*都*|*只*|*最*|*更*",
     .fillers = "嗯|啊|呃",
     .variants = "這=这"},
    {.language = "ja",
     .common = "*の*|*です*|*ます*|*した*|*して*",
     .negations = "*ない*|*ません*|*なかった*|*なく*|*ず*|*無*|*不*",
     .conditions = "*もし*|*れば*|*なら*|*たら*|*場合*|*限り*",
     .weighty = "*だけ*|*全*",
     .fillers = "ええと|あの",
     .variants = "ぼく=僕"},
    {.language = "ko",
     .common = "*습니다*|*에서*|*는*|*을*|*를*",
     .negations = "안|못|*없*|*않*|*아니*",
     .conditions = "만약|*으면*|*라면*|*다면*",
     .weighty = "모두|항상|만",
     .fillers = "음|어",
     .variants = "뭐=무엇"},
    {.language = "ca",
     .common = "i|amb|els|les|és|això|però|perquè|aquest|aquesta|una|del|que|per|la|el|hi|són|molt|ens",
     .negations = "no|mai|ningú|res|sense|cap|tampoc|gens",
     .conditions = "si|tret que|llevat que|sempre que|excepte|a condició|en cas|fins que|altrament",
     .weighty = "tots|totes|sempre|només|molts|pocs|més|menys|cal|pot|podria|abans|després|mil|milions",
     .fillers = "eh|doncs|bé",
     .variants = "pro=però"},
    {.language = "ro",
     .common = "și|este|în|că|cu|pentru|din|pe|care|sunt|mai|de|la|să|fost|sau|a|o|dar|noi",
     .negations = "nu|n|nici|niciodată|nimeni|nimic|fără|niciun|nicio",
     .conditions = "dacă|decât dacă|cu condiția|cu excepția|altfel|exceptând|în caz|până când",
     .weighty = "toți|toate|mereu|doar|numai|mulți|puțini|mai|trebuie|poate|sute|mii|milioane",
     .fillers = "ăă|păi|deci",
     .variants = "p'ormă=pe urmă"},
    {.language = "cs",
     .common = "a|se|že|je|na|v|to|s|do|jsem|jsme|ale|jako|tak|by|si|který|pro|už|byl",
     .negations =
         "ne|není|nejsou|nejsem|nejsme|nikdy|nikdo|nikoho|nic|ničeho|žádn*|bez|ani|nebyl*|nebud*|nemá*|"
         "neměl*|nemůž*|nemohl*|nechc*|nechtěl*|neví*|nesmí*|nelž*|nelh*|nelze|nedal*|neudělal*|sotva",
     .conditions = "pokud|jestli|jestliže|kdyby|když|ledaže|kromě|s podmínkou|za podmínky|jinak|dokud",
     .weighty = "všichni|vždy|jen|pouze|mnoho|málo|více|méně|musí|může|sto|tisíc|milion|milionů",
     .fillers = "no|jako|prostě",
     .variants = "dobrej=dobrý"},
    {.language = "sk",
     .common = "a|sa|že|je|na|v|to|s|do|som|sme|ale|ako|tak|by|si|ktorý|pre|už|bol|aj",
     .negations =
         "nie|nikdy|nikto|nikoho|nič|ničoho|žiadn*|bez|ani|nebol*|nebud*|nemá*|nemal*|nemôž*|nemohl*|"
         "nechc*|nevie*|nesmie*|sotva",
     .conditions = "ak|keby|pokiaľ|ledaže|okrem|s podmienkou|za podmienky|inak|kým",
     .weighty = "všetci|vždy|len|iba|veľa|málo|viac|menej|musí|môže|sto|tisíc|milión|miliónov",
     .fillers = "no|akože|proste",
     .variants = "dobrej=dobrý"},
    {.language = "hr",
     .common = "i|je|se|da|na|u|su|za|to|sam|od|a|ali|kao|što|bi|koji|smo",
     .negations =
         "ne|nije|nisu|nisam|nismo|nisi|nema*|nikad|nikada|nitko|niko|ništa|bez|niti|ni|neću|neće|jedva",
     .conditions = "ako|osim|pod uvjetom|pod uslovom|ukoliko|inače|kad bi|dok ne",
     .weighty = "svi|uvijek|uvek|samo|mnogo|malo|više|manje|mora|može|sto|tisuća|hiljada|milijun|milion",
     .fillers = "ovaj|znači",
     .variants = "al=ali"},
    {.language = "bg",
     .common = "и|на|да|се|за|от|в|че|е|са|това|с|ще|си|по|но|как|ние",
     .negations = "не|няма|нямаше|никога|никой|нищо|без|нито|едва",
     .conditions = "ако|освен|при условие|иначе|стига да|докато не",
     .weighty = "всички|винаги|само|много|малко|повече|по-малко|трябва|може|сто|хиляди|милиона",
     .fillers = "ами|значи",
     .variants = "щото=защото"},
    {.language = "hu",
     .common = "a|az|és|hogy|is|egy|de|van|volt|ez|meg|mint|már|mert|vagy|ami|mi",
     .negations = "nem|ne|sem|se|soha|sose|senki|semmi|nélkül|nincs|nincsen|alig|sehol",
     .conditions = "ha|hacsak|kivéve|feltéve|amennyiben|különben|feltétellel",
     .weighty = "minden|mindig|csak|sok|kevés|több|kevesebb|kell|lehet|száz|ezer|millió|százalék",
     .fillers = "hát|ugye|izé",
     .variants = "mér=miért"},
    {.language = "fi",
     .common = "ja|on|se|että|oli|hän|mutta|niin|kun|ovat|myös|kuin|tai|olen|me|joka",
     .negations = "ei|en|et|emme|ette|eivät|älä|älkää|ilman|kukaan|mitään|koskaan|tuskin|eikä|enkä",
     .conditions = "jos|ellei|ellen|ellemme|mikäli|paitsi|edellyttäen|kunhan|muuten",
     .weighty =
         "kaikki|aina|vain|monet|harvat|enemmän|vähemmän|täytyy|voi|sata|tuhat|tuhatta|miljoona|prosenttia",
     .fillers = "niinku|tota|no",
     .variants = "mä=minä"},
    {.language = "ar",
     .common = "في|من|على|أن|إلى|هذا|هذه|كان|ما|مع|التي|الذي|عن|قال|هو|هي|نحن",
     .negations = "لا|لم|لن|ليس|ليست|ليسوا|لست|لسنا|غير|بدون|دون|أبدا|بلا|ولا|ولم|ولن|وليس",
     .conditions = "إذا|لو|إلا|ما لم|بشرط|شريطة|لولا|وإذا|ولو|طالما",
     .weighty = "كل|جميع|دائما|فقط|كثير|قليل|أكثر|أقل|يجب|ربما|مئة|ألف|مليون",
     .fillers = "يعني|آه",
     .variants = "مش=ليس"},
    {.language = "fa",
     .common = "و|در|به|از|که|این|را|است|با|آن|برای|های|ما",
     .negations = "نه|نیست|نیستند|نیستیم|نمی*|هرگز|هیچ|هیچکس|بدون|نبود|نشد|نکرد*|ندارد|ندارند|نخواه*",
     .conditions = "اگر|مگر|به شرط|بشرط|چنانچه|در صورتی",
     .weighty = "همه|همیشه|فقط|بسیار|کم|بیشتر|کمتر|باید|شاید|صد|هزار|میلیون",
     .fillers = "یعنی|خب",
     .variants = "اگه=اگر"},
    {.language = "he",
     .common = "של|את|על|הוא|זה|אני|היא|עם|כי|אבל|גם|יש|היה|אנחנו",
     .negations = "לא|אין|אף|בלי|ללא|מעולם|לעולם|שום|אינו|אינה|אינם|אינני|ולא|שלא|כלום|בקושי",
     .conditions = "אם|אלא|בתנאי|במידה|אילו|למעט|ואם|שאם|אחרת",
     .weighty = "כל|כולם|תמיד|רק|הרבה|מעט|יותר|פחות|חייב|אולי|מאה|אלף|מיליון|אחוז",
     .fillers = "אהה|כאילו",
     .variants = "תראי=ראי"},
    {.language = "hi",
     .common = "है|के|में|की|और|से|का|को|हैं|पर|यह|ने|भी|तो|था|हम",
     .negations = "नहीं|नही|न|ना|मत|बिना",
     .conditions = "अगर|यदि|बशर्ते|सिवाय|वरना|जब तक|शर्त",
     .weighty = "सब|सभी|हमेशा|केवल|सिर्फ|बहुत|कम|ज्यादा|अधिक|चाहिए|शायद|सौ|हजार|लाख|करोड़|प्रतिशत",
     .fillers = "मतलब|अच्छा",
     .variants = "वो=वह"},
    {.language = "id",
     .common = "yang|dan|di|ini|itu|dengan|untuk|dari|dalam|akan|pada|ada|saya|kami|kita|juga",
     .negations = "tidak|bukan|tak|belum|jangan|tanpa|tiada|hampir tidak",
     .conditions = "jika|kalau|bila|apabila|kecuali|asalkan|seandainya|jikalau|selama",
     .weighty = "semua|selalu|hanya|banyak|sedikit|lebih|kurang|harus|mungkin|ratus|ribu|juta|persen",
     .fillers = "anu|eh",
     .variants = "nggak=tidak|gak=tidak"},
    {.language = "vi",
     .common = "là|và|của|có|được|một|cho|trong|này|với|những|đã|các|để|người|chúng",
     .negations = "không|chưa|chẳng|chả|đừng|thiếu",
     .conditions = "nếu|trừ khi|trừ phi|miễn là|với điều kiện|ngoại trừ|giá như",
     .weighty = "tất cả|luôn|chỉ|nhiều|ít|hơn|phải|có thể|trăm|nghìn|triệu|phần trăm",
     .fillers = "ờ|ừm",
     .variants = "ko=không"},
};

const size_t sb_n_sense_languages = sizeof sb_sense_languages / sizeof *sb_sense_languages;
