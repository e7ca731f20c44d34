using System.Text;
using System.Text.Json;

namespace Orchestrator.Dashboard.Tests.Hostile;

/// <summary>Texts that would take over, or spoil, a page that does not take them as text.</summary>
internal static class HostileTexts
{
    /// <summary>What each of the texts begins with.</summary>
    public const string Markup = "\"'><img src=x onerror=alert(1)><script>alert(2)</script><b class=injected>b</b>&amp;{{7*7}}";

    /// <summary>Right to left by force and by nature, emoji, control characters, a separator of lines, more marks on a letter than there is room for.</summary>
    private const string Odd = " \u202e\u0645\u0631\u062d\u0628\u0627\u202c \u05e9\u05dc\u05d5\u05dd \U0001f680\U0001f469\u200d\U0001f469\u200d\U0001f467 \u0007\u001b[31m\u0085\u2028 Z\u0351\u0343\u036b\u0359 ";

    /// <summary>All that the name of a task takes.</summary>
    public static readonly string Name = Of(200);

    /// <summary>All that a description, a goal or a question takes, most of it a word that fits into no line.</summary>
    public static readonly string Text = Of(10_000);

    public static readonly string Error = Of(4_000);

    public static readonly string Tag = Of(100);

    /// <summary>All that the name of a silo takes.</summary>
    public static readonly string SiloName = "<img src=x onerror=alert(1)>\u202e\u0645\u0631\u062d\U0001f680".PadRight(63, 'W');

    /// <summary>The longest id; it cannot hold markup.</summary>
    public static readonly string Id = "hostile-".PadRight(63, 'w');

    /// <summary>A JSON document of texts, with texts for the names of its members.</summary>
    public static readonly string Json = JsonSerializer.Serialize(new Dictionary<string, object> { [Name] = Text, ["list"] = new[] { Name, Odd } });

    private static string Of(int length)
    {
        var text = new StringBuilder(Markup).Append(Odd).Append("</textarea></title></script></pre>-->");
        if (text.Length < length)
        {
            text.Append('W', length - text.Length);
        }

        text.Length = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text.ToString();
    }
}
