using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Orchestrator.Storage.Signals;

namespace Orchestrator.Runtime.Feed;

/// <summary>
/// The text in which one process names news to another: <c>1|sender|skipped|items</c>. An item is a digit, its urgency plus 3 for a run,
/// and 22 characters, its id in Base64Url.
/// </summary>
public static class NewsFormat
{
    private const string Version = "1";
    private const int IdLength = 22;
    private const int ItemLength = IdLength + 1;
    private const int Urgencies = 3;

    /// <summary>Most items in one text.</summary>
    public const int MaxItems = (ISignalTransport.MaxPayload - 100) / ItemLength;

    public static string Write(string sender, long skipped, IReadOnlyList<(NewsItem Item, NewsUrgency Urgency)> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var text = new StringBuilder(64 + (items.Count * ItemLength));
        text.Append(CultureInfo.InvariantCulture, $"{Version}|{sender}|{skipped}|");
        Span<byte> bytes = stackalloc byte[16];
        Span<char> id = stackalloc char[IdLength];
        foreach (var (item, urgency) in items)
        {
            item.Id.TryWriteBytes(bytes);
            Base64Url.EncodeToChars(bytes, id);
            text.Append((char)('0' + (int)urgency + (item.IsRun ? Urgencies : 0))).Append(id);
        }

        return text.ToString();
    }

    /// <summary>Reads a text; false for one of another version or form, which is to be ignored.</summary>
    public static bool TryRead(string payload, out string sender, out long skipped, out IReadOnlyList<(NewsItem Item, NewsUrgency Urgency)> items)
    {
        ArgumentNullException.ThrowIfNull(payload);
        (sender, skipped, items) = ("", 0, []);
        var parts = payload.Split('|');
        if (parts.Length != 4 || parts[0] != Version || parts[3].Length % ItemLength != 0
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out skipped))
        {
            return false;
        }

        sender = parts[1];
        var read = new (NewsItem, NewsUrgency)[parts[3].Length / ItemLength];
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < read.Length; i++)
        {
            var text = parts[3].AsSpan(i * ItemLength, ItemLength);
            var kind = text[0] - '0';
            if (kind is < 0 or >= 2 * Urgencies || !Base64Url.TryDecodeFromChars(text[1..], bytes, out var written) || written != bytes.Length)
            {
                return false;
            }

            read[i] = (new NewsItem(new Guid(bytes), kind >= Urgencies), (NewsUrgency)(kind % Urgencies));
        }

        items = read;
        return true;
    }
}
