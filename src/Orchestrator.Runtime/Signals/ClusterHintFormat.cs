using System.Globalization;
using System.Text;
using Orchestrator.Storage.Signals;

namespace Orchestrator.Runtime.Signals;

/// <summary>
/// The text of a hint: <c>1|sender|flags|ended|changed</c>. Flags are a subset of <c>rdxsaw</c> (ready, due, drain, skills, agents, watched); each list
/// is 4 hexadecimal digits a task, or <c>*</c>.
/// </summary>
public static class ClusterHintFormat
{
    private const char Version = '1';
    private const char Any = '*';
    private const int DigitsPerTask = 4;

    /// <summary>Most tasks a list can name, so that both lists fit.</summary>
    public const int MaxTasksPerList = (ISignalTransport.MaxPayload - 100) / 2 / DigitsPerTask;

    public static string Write(string sender, ClusterHint hint)
    {
        var text = new StringBuilder(64 + ((hint.Ended.Hashes.Count + hint.Changed.Hashes.Count) * DigitsPerTask));
        text.Append(Version).Append('|').Append(sender).Append('|');
        AppendIf(text, hint.Ready, 'r');
        AppendIf(text, hint.Due, 'd');
        AppendIf(text, hint.Drain, 'x');
        AppendIf(text, hint.Skills, 's');
        AppendIf(text, hint.Agents, 'a');
        AppendIf(text, hint.Watched, 'w');
        text.Append('|');
        AppendList(text, hint.Ended);
        text.Append('|');
        AppendList(text, hint.Changed);
        return text.ToString();
    }

    /// <summary>Reads a hint; false for one of another version or form, which is to be ignored.</summary>
    public static bool TryRead(string payload, out string sender, out ClusterHint hint)
    {
        sender = string.Empty;
        hint = ClusterHint.Everything;
        var parts = payload.Split('|');
        if (parts.Length != 5 || parts[0] is not [Version] || !TryReadList(parts[3], out var ended) || !TryReadList(parts[4], out var changed))
        {
            return false;
        }

        sender = parts[1];
        hint = new ClusterHint(parts[2].Contains('r'), parts[2].Contains('d'), parts[2].Contains('x'), ended, changed)
        {
            Skills = parts[2].Contains('s'),
            Agents = parts[2].Contains('a'),
            Watched = parts[2].Contains('w'),
        };
        return true;
    }

    private static void AppendIf(StringBuilder text, bool condition, char flag)
    {
        if (condition)
        {
            text.Append(flag);
        }
    }

    private static void AppendList(StringBuilder text, TaskHashes tasks)
    {
        if (tasks.Any || tasks.Hashes.Count > MaxTasksPerList)
        {
            text.Append(Any);
            return;
        }

        foreach (var hash in tasks.Hashes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hash:x4}");
        }
    }

    private static bool TryReadList(ReadOnlySpan<char> text, out TaskHashes tasks)
    {
        tasks = TaskHashes.All;
        if (text is [Any])
        {
            return true;
        }

        var hashes = new ushort[text.Length / DigitsPerTask];
        for (var i = 0; i < hashes.Length; i++)
        {
            if (!ushort.TryParse(text.Slice(i * DigitsPerTask, DigitsPerTask), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out hashes[i]))
            {
                return false;
            }
        }

        tasks = new TaskHashes(hashes, false);
        return text.Length % DigitsPerTask == 0;
    }
}
