#include "quote/sense/sense.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/fold.h"
#include "base/text/text.h"

enum { ENTRY_BYTES = 128, WORD_BYTES = 512 };

/* Common words tell the languages apart, so words that two languages share are left out of them where possible. */
static const sb_senses languages[] = {
    {.language = "en",
     .common =
         "the|and|of|to|is|that|it|was|for|you|with|this|but|have|are|they|what|from|a|an|i|we|he|she|in|on|"
         "at|"
         "be|been|were|as|by|or|so|my|our|your|their|his|her|its|us|them|him|me|has|had|do|does|did|there|"
         "here|"
         "then|than|who|which|when|where|how|these|those|am|will|would|just|very|about|into|up|out|it's|i'm",
     .negations =
         "not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|*n't|cant|wont|dont|didnt|isnt|"
         "wasnt|doesnt|arent|couldnt|wouldnt|shouldnt|hardly|barely|scarcely|no one|ain't",
     .conditions =
         "if|unless|provided|providing|assuming|suppose|supposing|except|as long as|so long as|in case|"
         "on condition|otherwise|whether|only when|depending on|until",
     .weighty =
         "all|every|everyone|everybody|everything|always|only|most|many|few|some|both|more|less|fewer|least|"
         "must|may|might|can|could|will|would|should|shall|before|after|above|below|over|under|up|down|half|"
         "double|twice|dozen|dozens|hundreds|thousands|millions|billions|percent|he|she|they|we|i|you|"
         "increase|decrease|rise|fall|rose|fell|win|lose|won|lost|sometimes|often|rarely|seldom|first|last",
     .fillers = "um|umm|uh|uhm|uhh|er|erm|hmm|mm|mhm|ah|eh|oh|you know|i mean|sort of|kind "
                "of|like|well|so|yeah|okay|"
                "right|actually",
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
     .weighty = "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|"
                "elf|zwölf|*zehn|*zig|*hundert*|*tausend*|*million*|*milliarde*|prozent|"
                "alle|jeder|immer|nur|viele|wenige|mehr|weniger|muss|darf|kann|konnte|soll|sollte|wird|wurde|"
                "vor|nach",
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
};

#define N_LANGUAGES (sizeof languages / sizeof *languages)

const sb_senses *sb_senses_of(const char *code)
{
    for (size_t i = 0; code && i < N_LANGUAGES; i++) {
        size_t n = strlen(languages[i].language);
        if (!strncmp(code, languages[i].language, n) && (!code[n] || strchr("-_@.", code[n])))
            return &languages[i];
    }
    return code && !strncmp(code, "no", 2) ? sb_senses_of("nb") : NULL;
}

static bool is_sense_char(int32_t c)
{
    return sb_is_letter(c) || sb_is_digit(c) || c == '&' || c == '%' || c == '$';
}

/* True for the apostrophe of "don't", but not for a quotation mark. */
static bool joins(const char *text, size_t size, size_t after, bool blank, int32_t c)
{
    return c == '\'' && !blank && after < size && is_sense_char(sb_utf8_next(text, size, &after));
}

char *sb_plain_words(const char *text)
{
    char *folded = sb_fold(text);
    sb_bytes out = {0};
    bool blank = true;
    size_t size = folded ? strlen(folded) : 0;
    sb_bytes_text(&out, " ");
    for (size_t at = 0; at < size;) {
        size_t from = at;
        int32_t c = sb_utf8_next(folded, size, &at);
        bool keep = is_sense_char(c) || joins(folded, size, at, blank, c);
        if (keep)
            sb_bytes_append(&out, folded + from, at - from);
        else if (!blank)
            sb_bytes_text(&out, " ");
        blank = !keep;
    }
    sb_bytes_text(&out, blank ? "" : " ");
    if (!folded || out.failed)
        sb_bytes_finish(&out);
    free(folded);
    return out.data;
}

/* True if the entry, without its stars, is in the words `plain` where the stars allow. */
static bool entry_is_in(const char *plain, const char *entry, size_t size)
{
    bool open_start = size > 1 && entry[0] == '*', open_end = size > 1 && entry[size - 1] == '*';
    const char *core = entry + open_start;
    size_t n = size - open_start - open_end;
    size_t length = strlen(plain);
    for (size_t i = 1; i + n <= length; i++) {
        if (memcmp(plain + i, core, n))
            continue;
        if ((open_start || plain[i - 1] == ' ') && (open_end || plain[i + n] == ' '))
            return true;
    }
    return false;
}

static const char *next_entry(const char *list, size_t *size)
{
    *size = strcspn(list, "|");
    return list[*size] ? list + *size + 1 : NULL;
}

/* Entries are written with accents and folded here. */
static bool any_is_in(const char *list, const char *plain)
{
    bool found = false;
    size_t size;
    for (const char *entry = list, *next; entry && !found; entry = next) {
        char written[ENTRY_BYTES], folded[ENTRY_BYTES];
        next = next_entry(entry, &size);
        snprintf(written, sizeof written, "%.*s", (int)size, entry);
        sb_fold_to(folded, sizeof folded, written);
        found = entry_is_in(plain, folded, strlen(folded));
    }
    return found;
}

bool sb_senses_has(const char *list, const char *word)
{
    char plain[WORD_BYTES];
    int size = snprintf(plain, sizeof plain, " %s ", word);
    return size >= 0 && (size_t)size < sizeof plain && any_is_in(list, plain);
}

static bool has_question_mark(const char *text)
{
    static const char *const marks[] = {"?", "\u037e", "\u055e", "\u061f", "\uff1f", "\u2e2e", "\u2047"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(text, marks[i]))
            return true;
    return false;
}

unsigned sb_senses_in(const sb_senses *senses, const char *text, bool *ok)
{
    unsigned found = 0;
    if (!text)
        return 0;
    char *plain = sb_plain_words(text);
    *ok = *ok && plain;
    if (plain && any_is_in(senses->negations, plain))
        found |= SB_MISLEADS_NEGATION;
    if (plain && any_is_in(senses->conditions, plain))
        found |= SB_MISLEADS_CONDITION;
    if (has_question_mark(text))
        found |= SB_MISLEADS_QUESTION;
    free(plain);
    return found;
}

static size_t count_common(const sb_senses *senses, const char *plain, bool *ok)
{
    char *list = sb_fold(senses->common);
    size_t n = 0, size;
    *ok = *ok && list;
    for (const char *entry = list, *next; entry; entry = next) {
        next = next_entry(entry, &size);
        bool open = *entry == '*';
        sb_bytes word = {0};
        sb_bytes_print(&word, open ? "%.*s" : " %.*s ", (int)(size - 2 * open), entry + open);
        *ok = *ok && !word.failed;
        for (const char *at = word.failed ? NULL : plain; at && (at = strstr(at, word.data)); at++)
            n++;
        sb_bytes_finish(&word);
    }
    free(list);
    return n;
}

const sb_senses *sb_senses_guess(const char *text, bool *ok)
{
    const sb_senses *best = languages;
    size_t most = 0;
    char *plain = sb_plain_words(text);
    *ok = *ok && plain;
    for (size_t i = 0; plain && i < N_LANGUAGES; i++) {
        size_t n = count_common(&languages[i], plain, ok);
        if (n > most) {
            most = n;
            best = &languages[i];
        }
    }
    free(plain);
    return best;
}
