/* Texts in encodings from before Unicode: sentences in many languages are written in an encoding and read
 * back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "base/text/legacy.h"
#include "support_skip.h"

typedef struct sample {
    const char *encoding; /* in which it is written */
    const char *found;    /* the name that is found; NULL: the same */
    const char *text;
} sample;

#define RUSSIAN                                                                                              \
    "Сегодня идёт дождь.\nТогда попьём чаю дома.\nЧайник уже вскипел.\nЯ принёс пирог со сливами.\n"
#define JAPANESE                                                                                                                                             \
    "今日は雨が降っています。\nそれなら家でお茶を飲みましょう。\nお湯が沸きました。\nケーキも持ってきました" \
    "。\n"
#define POLISH                                                                                                \
    "Dziś pada deszcz, więc zostańmy w domu.\nWoda już się gotuje.\nPrzyniosłem ciasto ze śliwkami.\n" \
    "Dziękuję, jest bardzo smaczne.\nSą za słoikami, tuż obok świecy.\n"

static const sample samples[] = {
    {"windows-1251", NULL, RUSSIAN},
    {"koi8-r", NULL, RUSSIAN},
    {"iso-8859-5", NULL, RUSSIAN},
    {"windows-1251", NULL, "Днес вали дъжд.\nТогава ще пием чай вкъщи.\n"},
    {"windows-1251", NULL, "Сьогодні йде дощ.\nТоді вип'ємо чаю вдома.\nЧайник уже закипів.\n"},
    {"shift_jis", NULL, JAPANESE},
    {"euc-jp", NULL, JAPANESE},
    {"gb18030", NULL, "今天山谷里下雨。\n那我们就留在家里喝茶。\n水开了，请坐。\n"},
    {"windows-950", NULL, "今天山谷裡下雨。\n那我們就留在家裡喝茶。\n水開了，請坐。\n"},
    {"windows-949", NULL, "오늘은 비가 옵니다.\n그럼 집에서 차를 마십시다.\n물이 끓었어요.\n"},
    {"windows-1253", NULL, "Σήμερα βρέχει.\nΤότε θα πιούμε τσάι στο σπίτι.\nΤο νερό έβρασε ήδη.\n"},
    {"iso-8859-7", NULL, "Άννα, σήμερα βρέχει.\nΤότε θα πιούμε τσάι στο σπίτι.\nΤο νερό έβρασε ήδη.\n"},
    {"windows-1255", NULL, "היום יורד גשם.\nאז נשתה תה בבית.\nהמים כבר רתחו.\n"},
    {"windows-1256", NULL, "اليوم ينزل المطر.\nإذن نشرب الشاي في البيت.\nالماء يغلي الآن.\n"},
    {"windows-1250", NULL, POLISH},
    {"iso-8859-2", NULL, POLISH},
    {"windows-1250", NULL,
     "Dnes prší, tak zůstaneme doma.\nVoda už se vaří.\nPřinesl jsem švestkový koláč.\n"
     "Děkuji, je moc dobrý.\nPotřebujeme ještě dva talíře.\n"},
    {"windows-1250", "iso-8859-2",
     "Ma esik az eső, maradjunk otthon.\nMár forr a víz.\nHoztam szilvás süteményt.\n"
     "Köszönöm, nagyon finom.\nKell még két tányér, ők is jönnek.\n"},
    {"windows-1254", NULL,
     "Bugün yağmur yağıyor, evde kalalım.\nSu kaynadı bile.\nErikli kek getirdim.\n"
     "Teşekkür ederim, çok güzel olmuş.\nİki tabak daha lazım, şurada olmalı.\n"},
    {"windows-1252", NULL,
     "Heute regnet es, also bleiben wir hier.\nDas Wasser kocht schon für den Tee.\n"
     "Ich habe Pflaumenkuchen mitgebracht, schön süß.\nDrüben, gegenüber – ärgerlich.\n"},
    {"windows-1252", NULL,
     "Il pleut aujourd’hui, alors on reste à la maison.\nL’eau est déjà prête pour le thé.\n"
     "J’ai apporté un gâteau aux prunes.\nMerci, c’est très bon, ça me plaît.\nOù êtes-vous allés ?\n"},
    {"windows-1252", NULL,
     "Hoy llueve, así que nos quedamos aquí.\n¿Está lista el agua para el té?\n"
     "¡Qué rico! Muchas gracias, señor.\nMañana también lloverá.\n"},
    {"windows-1252", NULL, "Tänään sataa, joten jäämme kotiin.\nTarvitsemme vielä pöytää ja hyvää mieltä.\n"},
    {"windows-1252", NULL,
     "It’s raining, so we’ll stay here.\nThe kettle’s on – come in.\nI’ve brought a cake from the café.\n"
     "“Thanks,” she said, “it’s lovely.”\nWe’d need two more plates…\nThey’re behind the jars.\n"}};

static bool has_icu(void)
{
    sb_bytes out = {0};
    sb_legacy_encode(&out, "windows-1251", "\xD0\xB6", 2);
    bool has = out.size == 1;
    sb_bytes_finish(&out);
    return has;
}

/* Captions, of which the most bytes are times. */
static void write_captions(sb_bytes *out, const char *text)
{
    for (int n = 1; *text; n++) {
        size_t length = strcspn(text, "\n");
        sb_bytes_print(out, "%d\r\n00:00:%02d,000 --> 00:00:%02d,500\r\n%.*s\r\n\r\n", n, 3 * n, 3 * n + 2,
                       (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void test_encodings(void **state)
{
    (void)state;
    if (!has_icu())
        skip_because("built without ICU");
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const sample *s = &samples[i];
        const char *encoding = NULL, *wanted = s->found ? s->found : s->encoding;
        bool lossy = true;
        sb_bytes text = {0}, bytes = {0}, again = {0}, back = {0};
        write_captions(&text, s->text);
        sb_encoding_encode(&bytes, text.data, text.size, s->encoding);
        assert_true(sb_encoding_decode(&again, &encoding, &lossy, bytes.data, bytes.size));
        if (strcmp(encoding, wanted) != 0)
            fail_msg("sample %zu in %s is read as %s", i, s->encoding, encoding);
        assert_string_equal(again.data, text.data);
        assert_false(lossy);
        assert_int_equal(sb_encoding_is_doubtful(encoding, again.data, again.size),
                         strcmp(wanted, "windows-1252") != 0);
        sb_encoding_encode(&back, again.data, again.size, encoding);
        assert_int_equal(back.size, bytes.size);
        assert_memory_equal(back.data, bytes.data, bytes.size);
        sb_bytes_finish(&text);
        sb_bytes_finish(&bytes);
        sb_bytes_finish(&again);
        sb_bytes_finish(&back);
    }
}

/* Without ICU, and for bytes that fit no encoding, the text is taken for Windows-1252, and that is said. */
static void test_doubt(void **state)
{
    (void)state;
    static const char cyrillic[] = "Ñåãîäíÿ èäåò äîæäü",
                      polish[] = "Dziœ bêdzie pada³ deszcz, wiêc piszê ¿e nie id¹";
    assert_true(sb_encoding_is_doubtful("windows-1252", cyrillic, strlen(cyrillic)));
    assert_true(sb_encoding_is_doubtful("windows-1252", polish, strlen(polish)));
    assert_false(sb_encoding_is_doubtful("utf-8", cyrillic, strlen(cyrillic)));
    assert_false(sb_encoding_is_doubtful("windows-1252", "caf\xC3\xA9", 5));
}

/* "þ", "ð" and "ý" are letters of Icelandic, which has "æ", "á" and "ö" too. */
static void test_icelandic_letters(void **state)
{
    (void)state;
    static const char turkish[] = "Bu gece þehre yaðmur yaðdý, yollar boþ kaldý",
                      lithuanian[] = "Ðiandien þmonës sëdi namuose, nes ðalta",
                      icelandic[] = "Við förum ekki út á sjó í dag, því að það er kalt og bærinn sefur";
    assert_true(sb_encoding_is_doubtful("windows-1252", turkish, strlen(turkish)));
    assert_true(sb_encoding_is_doubtful("windows-1252", lithuanian, strlen(lithuanian)));
    assert_false(sb_encoding_is_doubtful("windows-1252", icelandic, strlen(icelandic)));
}

/* Two whole characters and as many bytes of others are damaged UTF-8. */
static void test_damaged_utf8(void **state)
{
    (void)state;
    static const char text[] = "Caf\xC3\xA9 and \xC3 and na\xC3\xAFve";
    const char *encoding;
    sb_bytes out = {0};
    bool lossy;
    assert_true(sb_encoding_decode(&out, &encoding, &lossy, text, sizeof text - 1));
    assert_string_equal(encoding, "utf-8");
    assert_true(lossy);
    sb_bytes_finish(&out);
}

/* A few bytes tell nothing. */
static void test_few_bytes(void **state)
{
    (void)state;
    const char *encoding = NULL;
    bool lossy = true;
    sb_bytes out = {0};
    assert_true(sb_encoding_decode(&out, &encoding, &lossy, "caf\xE9 cr\xE8me", 10));
    assert_string_equal(encoding, "windows-1252");
    assert_string_equal(out.data, "café crème");
    sb_bytes_finish(&out);
}

/* A character that the end of the file cuts short is replaced, and `lossy` says so. */
static void test_cut_character(void **state)
{
    (void)state;
    if (!has_icu())
        skip_because("built without ICU");
    const char *encoding = NULL;
    bool lossy = false;
    sb_bytes bytes = {0}, out = {0};
    sb_encoding_encode(&bytes, JAPANESE, strlen(JAPANESE) - 1, "shift_jis");
    assert_true(sb_encoding_decode(&out, &encoding, &lossy, bytes.data, bytes.size - 1));
    assert_string_equal(encoding, "shift_jis");
    assert_true(lossy);
    sb_bytes_finish(&bytes);
    sb_bytes_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings),         cmocka_unit_test(test_doubt),
        cmocka_unit_test(test_icelandic_letters), cmocka_unit_test(test_damaged_utf8),
        cmocka_unit_test(test_few_bytes),         cmocka_unit_test(test_cut_character)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
