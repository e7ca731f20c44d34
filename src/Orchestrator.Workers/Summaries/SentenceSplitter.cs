namespace Orchestrator.Workers.Summaries;

/// <summary>
/// Cuts a text into sentences by its layout and punctuation. A full stop ends one only if what stands before it is no
/// abbreviation, initial or ordinal and what follows could begin a sentence.
/// </summary>
internal static class SentenceSplitter
{
    /// <summary>A longer stretch without an end is cut at the nearest pause: tables, logs, scripts without full stops.</summary>
    public const int LongestSentence = 1_200;

    public static List<Segment> Split(string text, CancellationToken cancellationToken = default)
    {
        var sentences = new List<Segment>();
        foreach (var block in Blocks.Split(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (block.IsHeading)
            {
                Add(sentences, text, block.Start, block.Start + block.Length, block);
                continue;
            }

            SplitBlock(text, block, sentences);
        }

        return sentences;
    }

    private static void SplitBlock(string text, Segment block, List<Segment> sentences)
    {
        var start = block.Start;
        var limit = block.Start + block.Length;
        var at = start;
        while (at < limit)
        {
            var found = text.AsSpan(at, limit - at).IndexOfAny(Terminators.Any);
            if (found < 0)
            {
                break;
            }

            var first = at + found;
            var end = first + 1;
            while (end < limit && Terminators.Any.Contains(text[end]))
            {
                end++;
            }

            var run = end;
            end = PastClosers(text, end, limit);
            at = end;
            if (Ends(text, start, first, run, end, limit))
            {
                Add(sentences, text, start, end, block);
                start = end;
            }
        }

        Add(sentences, text, start, limit, block);
    }

    /// <summary>Also past the German “ and «, which open elsewhere, and past a French » with its space, where white space follows them.</summary>
    private static int PastClosers(string text, int at, int limit)
    {
        while (at < limit)
        {
            if (Terminators.IsCloser(text[at]) || (text[at] is '“' or '«' && EndsWord(at + 1)))
            {
                at++;
            }
            else if (text[at] is ' ' or '\u00a0' or '\u202f' && at + 1 < limit && text[at + 1] == '»' && EndsWord(at + 2))
            {
                at += 2;
            }
            else
            {
                break;
            }
        }

        return at;

        bool EndsWord(int next) => next >= limit || char.IsWhiteSpace(text[next]);
    }

    /// <param name="start">Where the sentence begins.</param>
    /// <param name="first">Its first end mark.</param>
    /// <param name="run">Just past its last end mark.</param>
    /// <param name="end">Just past the quotes and brackets that close after it.</param>
    private static bool Ends(string text, int start, int first, int run, int end, int limit)
    {
        var strong = Terminators.IsStrong(text[run - 1]);
        var quoted = end > run;
        var next = end;
        while (next < limit && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        if (next >= limit)
        {
            return true;
        }

        if (strong)
        {
            // 「…。」と: a closed quotation that the sentence goes on after.
            return !quoted || char.IsWhiteSpace(text[end]) || text[next] is '「' or '『' or '“' or '（';
        }

        if (next == end)
        {
            return false;
        }

        while (next < limit && !char.IsLetterOrDigit(text[next]) && !char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        if (next < limit && char.IsLower(text[next]))
        {
            return false;
        }

        return run - first > 1 || text[first] != '.' || quoted || FullStopEnds(text, start, first, next, limit);
    }

    private static bool FullStopEnds(string text, int start, int stop, int next, int limit)
    {
        var wordStart = stop;
        while (wordStart > start && (char.IsLetterOrDigit(text[wordStart - 1]) || text[wordStart - 1] is '.' or '°'))
        {
            wordStart--;
        }

        var word = text.AsSpan(wordStart, stop - wordStart);
        if (word.IsEmpty)
        {
            return true;
        }

        // An initial, as in "J. R. R. Tolkien".
        if (word.Length == 1 && char.IsUpper(word[0]))
        {
            return false;
        }

        // Abbreviations of several words: "z. B.", "p. ej.".
        if (word.Length == 1 && char.IsLetter(word[0]) && next + 1 < limit && text[next + 1] == '.')
        {
            return false;
        }

        if (Abbreviations.IsOpen(word))
        {
            // "no." is a word, too: only a number makes it "number".
            return word.Equals("no", StringComparison.OrdinalIgnoreCase) && next < limit && !char.IsDigit(text[next]);
        }

        var nextIsUpper = next < limit && char.IsUpper(text[next]);
        if (Abbreviations.IsClosing(word) || IsDotted(word))
        {
            return nextIsUpper;
        }

        if (word.Length <= 2 && IsNumber(word))
        {
            return !Abbreviations.FollowsOrdinal(WordAt(text, next, limit));
        }

        return true;
    }

    private static bool IsDotted(ReadOnlySpan<char> word)
    {
        for (var i = 1; i < word.Length; i += 2)
        {
            if (word[i] != '.')
            {
                return false;
            }
        }

        return word.Length > 2;
    }

    private static bool IsNumber(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<char> WordAt(string text, int at, int limit)
    {
        var end = at;
        while (end < limit && char.IsLetter(text[end]))
        {
            end++;
        }

        return text.AsSpan(at, end - at);
    }

    private static void Add(List<Segment> sentences, string text, int start, int end, Segment block)
    {
        while (true)
        {
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            if (!text.AsSpan(start, end - start).ContainsWord())
            {
                return;
            }

            if (end - start <= LongestSentence)
            {
                sentences.Add(new Segment(start, end - start, block.Paragraph, block.IsHeading));
                return;
            }

            var cut = start + Pause(text.AsSpan(start, LongestSentence));
            sentences.Add(new Segment(start, cut - start, block.Paragraph, block.IsHeading));
            start = cut;
        }
    }

    /// <summary>Where to cut a stretch that is too long: after a line, else a clause, else a word, else between characters.</summary>
    private static int Pause(ReadOnlySpan<char> stretch)
    {
        var least = stretch.Length / 4;
        foreach (var marks in (ReadOnlySpan<string>)["\n", ";；:：", ",，、،", " \t\u00a0\u3000"])
        {
            var at = stretch.LastIndexOfAny(marks);
            if (at >= least)
            {
                return at + 1;
            }
        }

        return char.IsHighSurrogate(stretch[^1]) ? stretch.Length - 1 : stretch.Length;
    }

    private static bool ContainsWord(this ReadOnlySpan<char> span)
    {
        foreach (var rune in span.EnumerateRunes())
        {
            if (System.Text.Rune.IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }
}
