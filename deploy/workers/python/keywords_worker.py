"""generation.keywords: the words and phrases that a text is about. No model, no network.

Input   {"text": string, "maxKeywords"?: 1 to 100 (10), "language"?: "en" | "it" | "es" | "fr" | "de" | "pt" | other}
Output  {"keywords": [{"keyword", "score", "count"}], "language"}   best first; scores 0 to 1, the best one has 1

A word weighs more the more often it stands in the text, the more sentences have it, and the earlier it comes; a phrase is a run
of words between stop words and punctuation, and weighs what its words weigh, raised by how often it stands as a whole. A part of
a longer phrase is no keyword when it hardly stands without it. Chinese and Japanese phrases are runs of characters; in Japanese,
of Chinese characters only, or of katakana.
"""

import math
import re
from collections import defaultdict

import orchestrator_worker as worker

DEFAULT_KEYWORDS = 10
MAX_KEYWORDS = 100
MAX_WORDS_IN_PHRASE = 3
MAX_UNSPACED_IN_PHRASE = 4
# Runs of Chinese characters are short in Japanese, and many are one word as a whole.
MAX_KANJI_IN_PHRASE = 6
# From this share on, a phrase stands within a longer one so often that it is only a part of it.
PART_SHARE = 2 / 3

STOP_WORDS = {
    "en": """a about above after again against all along also although always am among an and another any are aren't around as at back
        allow allowed allows applied applies apply based consist consists contain contained containing contains follow following
        follows include included includes including licensed mean means meant provide provided provides providing refer refers
        regarding relate relates require required requires subject
        be became because become been before being below between both but by came can can't cannot come could couldn't did didn't
        do does doesn't doing don't done down during each either else enough even ever every few first for from further get give
        given go had has hasn't have haven't having he her here hers herself him himself his how however i if in into is isn't it
        it's its itself just keep kept know known last least less let like likely long made make many may me might more most much
        must my myself near need neither never new next no nor not nothing now of off often old on once one only onto or other
        others our ours out over own part per perhaps put quite rather really said same say says second see seem seen several
        shall she should since so some something soon still such take taken than that that's the their theirs them themselves then
        there therefore these they thing things think this those though three through thus to today together too toward towards
        two under until up upon us use used uses using very want was wasn't way ways we well went were weren't what when where
        whether which while who whole whom whose why will with within without won't would yes yet you your yours yourself""",
    "it": """a abbiamo ad adesso agli ai al alcune alcuni alla alle allo allora altra altre altri altro anche ancora appena aveva
        avevano avere avrebbe ben bene c' che chi ci ciascuno ciò cioè circa col come con contro così cui d' da dagli dai dal dalla
        dalle dallo dei degli del dell' della delle dello dentro di dopo dove due dunque durante e è ecco ed era erano essere
        essi esso fa fanno far fare fatto fino fra fu furono già gli ha hai hanno ho i il in infatti inoltre invece io l' la là
        le lei li lo loro lui ma mai me meno mentre mi mia mie miei mio modo molta molte molti molto ne né negli nei nel nell' nella
        nelle nello nessuno niente noi non nostra nostre nostri nostro nulla o od ogni ognuno oggi oltre oppure ora ovvero parte
        per perché però persino più poco poi possono potrebbe prima presso proprio può pure qual qualche quale quali quando quanto
        quasi quel quella quelle quelli quello questa queste questi questo qui quindi s' sarà se sé secondo sei sembra sempre senza
        sette si sì sia siamo siano solo soltanto sono sopra soprattutto sotto spesso sta stata stati stato stesse stessa stesso su
        sua sue sugli sui sul sull' sulla sulle sullo suo suoi tale tali tanto te ti tra tre troppo tu tutta tutte tutti tutto un
        un' una uno va vari verso vi viene vengono voi volta volte vostro""",
    "es": """a acá ahí al algo alguien algún alguna algunas algunos allí ambos ante antes aquel aquella aquello aquí así aun aún
        aunque bajo bastante bien cada casi cierta cierto como cómo con conmigo contra cosa cosas cual cuál cuales cualquier cuando
        cuánto cuanto de debe deben del demás dentro desde después dice donde dos durante e el él ella ellas ello ellos en entonces
        entre era eran eres es esa esas ese eso esos esta está estaba estado están estar estas este esto estos fin fue fueron ha
        haber había han hace hacen hacer hacia hasta hay he hoy igual incluso junto la las le les lo los luego más me mediante
        mejor menos mi mientras mis mismo misma mucha muchas mucho muchos muy nada ni ningún ninguna no nos nosotros nuestra
        nuestro nunca o os otra otras otro otros para parte pero poco por porque primera primero pueda puede pueden pues que qué
        quien quién se sea según ser será si sí sido siempre sin sino sobre solo sólo son su sus suyo tal también tampoco tan tanto
        te tener ti tiene tienen toda todas todavía todo todos tras tres tu tú tus un una unas uno unos usted va vez veces y ya
        yo""",
    "fr": """a afin ai ainsi alors après as assez au aucun aucune aujourd'hui aura auront aussi autour autre autres aux avaient
        avait avant avec avoir ayant beaucoup bien bon c' car ce ceci cela celle celles celui cependant ces cet cette ceux chaque
        chez ci comme comment contre d' dans de déjà depuis des deux devant doit doivent donc dont du durant elle elles en encore
        enfin entre es est et étaient était étant été être eu eux fait faire faut fois font fut grâce hors ici il ils j' je jusqu'
        jusque l' la là laquelle le lequel les lesquels leur leurs lors lorsque lui m' ma mais malgré me même mêmes mes mieux moi
        moins mon n' ne ni non nos notre nous on ont ou où par parce parfois parmi pas pendant personne peu peut peuvent plus
        plusieurs plutôt pour pourquoi premier première presque puis puisque qu' quand que quel quelle quelles quelque quelques
        quels qui quoi rien s' sa sans se selon sera seront ses seulement si soi soit son sont sous souvent sur t' ta tandis tant te
        tel telle tels tes toi ton toujours tous tout toute toutefois toutes très trois trop tu un une vers voici voilà vos votre
        vous y à ça""",
    "de": """ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus außer bald bei beide
        beiden beim bereits besonders bin bis bist bisher da dabei dadurch dafür dagegen daher damit danach daneben dann daran
        darauf daraus darf darin darüber darum das dass daß davon davor dazu dein dem den denen denn dennoch der deren des deshalb
        dessen die dies diese diesem diesen dieser dieses doch dort drei du durch dürfen ebenfalls ebenso eher ein eine einem einen
        einer eines einige einigen einmal er erst erste ersten es etwa etwas euch für ganz ganze gar geben gegen gemacht gerade
        gibt gut habe haben hat hatte hatten her heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer
        in indem ins ist ja je jede jedem jeden jeder jedes jedoch jetzt kam kann kaum kein keine keinem keinen keiner können
        könnte konnte konnten lassen machen man manche mehr mein meist mich mir mit muss müssen musste nach nachdem nahe nämlich
        neben nein nicht nichts nie niemand noch nun nur ob obwohl oder oft ohne schon sehr seien sein seine seinem seinen seiner
        seit seitdem selbst sich sie sind so sobald sogar solche solcher soll sollen sollte sondern sonst soweit sowie sowohl statt
        trotz über um und uns unser unsere unter viel viele vielen vielleicht vom von vor während war wäre waren warum was weder
        weil weiter weitere wenig weniger wenn wer werde werden wessen wie wieder will wir wird wo wobei wohl wollen worden wurde
        wurden würde zu zum zur zwar zwei zwischen""",
    "pt": """a à agora ainda além algo algum alguma algumas alguns ali ambos ante antes ao aos apenas após aquela aquelas aquele
        aqueles aquilo aqui as às assim até através bem cada coisa com como contra contudo cuja cujo da daquele das de dela
        delas dele deles demais dentro depois desde desse deste deve devem disso disto do dois dos durante e é ela elas ele eles em
        embora enquanto então entre era eram essa essas esse esses esta está estão estar estas estava este estes estou eu fazer faz
        feito foi for foram grande há isso isto já la lá lhe lhes lo logo mais mas me meio menos mesma mesmo meu meus minha muita
        muitas muito muitos na nada não nas nem nenhum nessa nesse nesta neste ninguém no nos nós nossa nosso num numa nunca o onde
        ontem os ou outra outras outro outros para parte pela pelas pelo pelos perante pode podem poderia pois por porém porque
        pouco primeira primeiro própria próprio qual quais qualquer quando quanto quase que quê quem se seja sem sempre sendo ser
        será seu seus si sido só sob sobre sua suas tais tal também tanto tão tem têm tendo ter teu teve toda todas todavia todo
        todos três tu tua tudo um uma umas uns vai vez vezes você vocês vos""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in STOP_WORDS.items()}
# Particles, pronouns and auxiliaries of Chinese, one character each. In Japanese the same characters make nouns, as in 和紙.
CHINESE_STOP = frozenset("的了在是和与或也都就而及着把被让给从到对于这那其之以为我你他她它们个不有没很一")

HIRAGANA = r"\u3041-\u309f"
KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
HAN = r"\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = HIRAGANA + KATAKANA + HAN
# A word with inner hyphens, dots and apostrophes, or in katakana; or one character of a script without spaces; or what breaks a
# phrase, as hiragana does: it writes particles and endings.
TOKEN = re.compile(r"(?P<unspaced>[%s])|(?P<katakana>[%s]+)|(?P<word>(?:(?![%s])[^\W_])+(?:[-.'’](?:(?![%s])[^\W_])+)*['’]?)|(?P<end>[.!?…。！？؟।\n]+)|(?P<break>[^\w\s]|[%s]|_)"
                   % (HAN, KATAKANA, UNSPACED, UNSPACED, HIRAGANA))
ELISION = re.compile(r"^((?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|nell|all|sull|dall|un|quest|quell)['’])(.+)$", re.IGNORECASE)


class Token:
    __slots__ = ("text", "key", "sentence", "unspaced", "stop")

    def __init__(self, text, key, sentence, unspaced, stop):
        self.text = text
        self.key = key
        self.sentence = sentence
        self.unspaced = unspaced
        self.stop = stop


def keywords(task):
    text, limit, language = read_input(task.input)
    words = [match.group().lower() for match in TOKEN.finditer(text) if match.lastgroup == "word"]
    language = language or guess_language(words, text)
    stop_words = STOP_WORDS.get(language.split("-")[0].lower() if language else None, frozenset())
    japanese = language is not None and language.split("-")[0].lower() == "ja"
    runs = list(phrase_runs(text, stop_words, frozenset() if japanese else CHINESE_STOP, task))
    weights = word_weights(runs)
    task.check_cancelled()
    found = candidates(runs, MAX_KANJI_IN_PHRASE if japanese else MAX_UNSPACED_IN_PHRASE, task)
    ranked = rank(without_parts(found), weights)
    chosen = without_overlaps(ranked, limit)
    best = chosen[0][1] if chosen else 1
    return {
        "keywords": [{"keyword": label, "score": round(score / best, 4), "count": count} for label, score, count, _ in chosen],
        "language": language,
    }


def read_input(data):
    if not isinstance(data, dict):
        raise worker.InvalidInput("$: must be an object.")
    problems = ["$.%s: there is no such member." % name for name in data if name not in ("text", "maxKeywords", "language")]
    text, limit, language = data.get("text"), data.get("maxKeywords"), data.get("language")
    if not isinstance(text, str) or not any(character.isalnum() for character in text):
        problems.append("$.text: must be a string with words in it.")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MAX_KEYWORDS):
        problems.append("$.maxKeywords: must be a whole number from 1 to %d." % MAX_KEYWORDS)
    if language is not None and not (isinstance(language, str) and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language)):
        problems.append('$.language: must be a language tag such as "en" or "pt-BR".')
    if problems:
        raise worker.InvalidInput(" ".join(problems))
    return text, DEFAULT_KEYWORDS if limit is None else limit, language


def guess_language(words, text):
    """The language whose stop words stand in the text most; by script for Chinese and Japanese; None without a clue."""
    sample = text[:20000]
    han = sum("\u3400" <= character <= "\u9fff" for character in sample)
    kana = sum("\u3040" <= character <= "\u30ff" for character in sample)
    if (han + kana) * 2 > sum(character.isalpha() for character in sample):
        return "ja" if kana * 10 > han else "zh"
    counts = defaultdict(int)
    for word in words[:20000]:
        counts[ELISION.sub(r"\1", word).replace("’", "'")] += 1
    hits = {language: sum(counts[word] for word in stop) for language, stop in STOP_WORDS.items()}
    best = max(hits, key=hits.get)
    return best if hits[best] >= 0.12 * min(len(words), 20000) and hits[best] > 0 else None


def phrase_runs(text, stop_words, unspaced_stop, task):
    """Runs of tokens that no stop word and no punctuation interrupts."""
    run, sentence = [], 0
    for number, match in enumerate(TOKEN.finditer(text)):
        if number % 10000 == 0:
            task.check_cancelled()
        if match.lastgroup in ("end", "break"):
            if run:
                yield run
                run = []
            sentence += match.lastgroup == "end"
            continue
        token = make_token(match, sentence, stop_words, unspaced_stop)
        if run and (token.stop or run[-1].unspaced != token.unspaced or elided(match.group())):
            yield run
            run = []
        if not token.stop:
            run.append(token)
    if run:
        yield run


def elided(text):
    return ELISION.match(text) is not None


def make_token(match, sentence, stop_words, unspaced_stop):
    text = match.group()
    if match.lastgroup == "unspaced":
        return Token(text, text, sentence, True, text in unspaced_stop)
    if text.replace("’", "'").lower() not in stop_words:
        text = ELISION.sub(r"\2", text)
        text = re.sub(r"['’]s?$", "", text)
    key = text.replace("’", "'").lower()
    stop = key in stop_words or len(key) < 2 or key.replace(".", "").isdigit()
    return Token(text, key, sentence, False, stop)


def word_weights(runs):
    counts, sentences, first = defaultdict(int), defaultdict(set), {}
    for run in runs:
        for token in run:
            counts[token.key] += 1
            sentences[token.key].add(token.sentence)
            first.setdefault(token.key, token.sentence)
    total = 1 + max((token.sentence for run in runs for token in run), default=0)
    most = max(counts.values(), default=1)
    weights = {}
    for key, count in counts.items():
        frequency = count / most
        spread = len(sentences[key]) / total
        position = 1 / math.log(math.e + first[key])
        short = 0.5 if len(key) <= 3 and key < "\u3000" else 1
        weights[key] = short * (frequency + 0.5 * spread) * (0.6 + 0.4 * position)
    return weights


def candidates(runs, longest_unspaced, task):
    """All phrases within runs: how they are written most, how often they stand, and their words."""
    found = {}
    for number, run in enumerate(runs):
        if number % 10000 == 0:
            task.check_cancelled()
        unspaced = run[0].unspaced
        shortest, longest = (2, longest_unspaced) if unspaced else (1, MAX_WORDS_IN_PHRASE)
        for start in range(len(run)):
            for length in range(shortest, min(longest, len(run) - start) + 1):
                tokens = run[start:start + length]
                key = tuple(token.key for token in tokens)
                label = ("" if unspaced else " ").join(token.text for token in tokens)
                entry = found.setdefault(key, [0, defaultdict(int), unspaced])
                entry[0] += 1
                entry[1][label] += 1
    return found


def without_parts(found):
    """Drops phrases that stand mostly, and words that stand only, within a phrase that is longer by one word."""
    within = defaultdict(int)
    for key, (count, _, _) in found.items():
        if count > 1:
            for part in (key[1:], key[:-1]):
                within[part] = max(within[part], count)
    return {key: entry for key, entry in found.items() if within.get(key, 0) < entry[0] * (PART_SHARE if len(key) > 1 else 1)}


def rank(found, weights):
    ranked = []
    for key, (count, labels, unspaced) in found.items():
        if count == 1 and (len(key) > 2 or unspaced) and len(found) > 50:
            # Seen once, a long run of words is chance as often as a name.
            continue
        mean = sum(weights[word] for word in key) / len(key)
        together = 1 if len(key) == 1 else (0.75 if count == 1 else 1 + 0.35 * math.log2(count))
        score = mean * together * (1 + 0.15 * (len(key) - 1))
        # As it is written most; a sentence's capital gives way where both forms stand as often.
        label = min(labels, key=lambda text: (-labels[text], -sum(c.islower() for c in text), text))
        ranked.append((label, score, count, key))
    ranked.sort(key=lambda entry: (-entry[1], entry[0]))
    return ranked


def without_overlaps(ranked, limit):
    """Drops what a better entry says already: a part of a phrase, a phrase around a keyword, or one that shares its half with it."""
    chosen, said = [], set()
    for entry in ranked:
        if len(chosen) == limit:
            break
        if entry[2] == 1 and len(entry[3]) > 1 and not said.isdisjoint(entry[3]):
            # A keyword beside a word it met once.
            continue
        if not any(contains(other[3], entry[3]) or contains(entry[3], other[3]) or overlaps(entry[3], other[3])
                   or same_stem(entry[3], other[3]) for other in chosen):
            chosen.append(entry)
            said.update(entry[3])
    return chosen


def contains(outer, inner):
    span = len(inner)
    return any(outer[start:start + span] == inner for start in range(len(outer) - span + 1))


def overlaps(one, other):
    """Whether one begins with what the other ends with, by two words or more and by half of the shorter one."""
    least = max(2, (min(len(one), len(other)) + 1) // 2)
    return any(one[-span:] == other[:span] or other[-span:] == one[:span] for span in range(least, min(len(one), len(other))))


def same_stem(one, other):
    """Singular and plural, and such: words that differ in their last two letters at most."""
    return len(one) == len(other) and all(
        a == b or (min(len(a), len(b)) >= 5 and abs(len(a) - len(b)) <= 2 and a[:max(len(a), len(b)) - 2] == b[:max(len(a), len(b)) - 2])
        for a, b in zip(one, other))


if __name__ == "__main__":
    worker.run({"generation.keywords": keywords})
