using System.Text;

namespace Orchestrator.Workers.Summaries;

/// <summary>
/// Finds the terms of a sentence: words in lower case, the long ones cut to their head so that inflected forms meet, and pairs of
/// characters in scripts that put no spaces between words.
/// </summary>
internal sealed class WordSegmenter(Vocabulary vocabulary)
{
    /// <summary>Longer words are compared by this many letters.</summary>
    private const int HeadLength = 7;

    private readonly char[] _word = new char[64];
    private int _length;
    private Rune _previous;

    /// <summary>Words seen so far; each character counts in scripts without spaces.</summary>
    public int Words { get; private set; }

    /// <summary>Words of the last sentence.</summary>
    public int LastWords { get; private set; }

    /// <summary>Appends the terms of the sentence, in order.</summary>
    public void Segment(ReadOnlySpan<char> sentence, List<int> terms)
    {
        var before = Words;
        _previous = default;
        foreach (var rune in sentence.EnumerateRunes())
        {
            if (Scripts.IsUnspaced(rune) && Scripts.IsWordPart(rune))
            {
                EndWord(terms);
                AppendPair(rune, terms);
                continue;
            }

            _previous = default;
            if (Scripts.IsWordPart(rune))
            {
                Append(rune);
            }
            else
            {
                EndWord(terms);
            }
        }

        EndWord(terms);
        _previous = default;
        LastWords = Words - before;
    }

    /// <summary>The part of a word, in lower case, that it is compared by.</summary>
    public static ReadOnlySpan<char> Head(ReadOnlySpan<char> word)
    {
        if (word.Length <= HeadLength + 1)
        {
            return word;
        }

        return char.IsHighSurrogate(word[HeadLength - 1]) ? word[..(HeadLength - 1)] : word[..HeadLength];
    }

    private void Append(Rune rune)
    {
        if (_length + 2 > _word.Length)
        {
            return;
        }

        _length += Rune.ToLowerInvariant(rune).EncodeToUtf16(_word.AsSpan(_length));
    }

    private void EndWord(List<int> terms)
    {
        if (_length == 0)
        {
            return;
        }

        terms.Add(vocabulary.IdOf(Head(_word.AsSpan(0, _length))));
        Words++;
        _length = 0;
    }

    private void AppendPair(Rune rune, List<int> terms)
    {
        Words++;
        if (_previous != default)
        {
            Span<char> pair = stackalloc char[4];
            var length = _previous.EncodeToUtf16(pair);
            length += rune.EncodeToUtf16(pair[length..]);
            terms.Add(vocabulary.IdOf(pair[..length]));
        }

        _previous = rune;
    }
}
