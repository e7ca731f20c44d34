using System.Text.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Reads what <see cref="RunStateWriter"/> writes. Members that it does not know are passed over.</summary>
internal static class RunStateReader
{
    public static RunState Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        json.Read();
        var state = new RunState { Steps = [] };
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(ref json);
            state = name switch
            {
                's' => state with { Status = (RunStatus)json.GetInt32() },
                'b' => state with { HasBegun = Flag(ref json) },
                'c' => state with { IsCompensating = Flag(ref json) },
                'a' => state with { IsAborting = Flag(ref json) },
                'u' => state with { WasCompensated = Flag(ref json) },
                'f' => state with { IsBroken = Flag(ref json) },
                'h' => state with { HeldUntil = Time(ref json) },
                'e' => state with { Error = Error(ref json) },
                't' => state with { Steps = Steps(ref json) },
                _ => PassOver(ref json, state),
            };
        }

        return state;
    }

    private static List<StepState> Steps(ref Utf8JsonReader json)
    {
        var steps = new List<StepState>();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            steps.Add(Step(ref json));
        }

        return steps;
    }

    private static StepState Step(ref Utf8JsonReader json)
    {
        var (id, status, round, change) = ("", StepStatus.Pending, 1, InputChange.None);
        ItemStates? items = null;
        DateTimeOffset? startedAt = null, endedAt = null, expiresAt = null, notBefore = null;
        TaskError? error = null;
        string? question = null;
        int? order = null;
        var bytes = 0L;
        var (isWhole, hasKeptItems, hasGivenUp) = (false, false, false);
        StepStatus? compensation = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            switch (Name(ref json))
            {
                case 'i': id = json.GetString()!; break;
                case 's': status = Status(ref json); break;
                case 'r': round = json.GetInt32() + 1; break;
                case 'x': items = ItemStates.Parse(json.GetString()!); break;
                case 'b': startedAt = Time(ref json); break;
                case 'd': endedAt = Time(ref json); break;
                case 'e': error = Error(ref json); break;
                case 'q': question = json.GetString(); break;
                case 'l': expiresAt = Time(ref json); break;
                case 'o': order = json.GetInt32(); break;
                case 'z': bytes = json.GetInt64(); break;
                case 'w': isWhole = Flag(ref json); break;
                case 'k': hasKeptItems = Flag(ref json); break;
                case 'g': hasGivenUp = Flag(ref json); break;
                case 'p': change = (InputChange)json.GetInt32(); break;
                case 'n': notBefore = Time(ref json); break;
                case 'u': compensation = Status(ref json); break;
                default: json.Skip(); break;
            }
        }

        return new StepState
        {
            Id = id,
            Status = status,
            Round = round,
            Items = items,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Error = error,
            Question = question,
            ExpiresAt = expiresAt,
            Order = order,
            OutputBytes = bytes,
            HasWholeOutput = isWhole,
            HasKeptItems = hasKeptItems,
            HasGivenUp = hasGivenUp,
            InputChange = change,
            NotBefore = notBefore,
            Compensation = compensation,
        };
    }

    /// <summary>The name of a member, all of which are one letter; the reader then stands at its value.</summary>
    private static char Name(ref Utf8JsonReader json)
    {
        var name = json.ValueSpan.Length == 1 ? (char)json.ValueSpan[0] : '\0';
        json.Read();
        return name;
    }

    private static TaskError Error(ref Utf8JsonReader json)
    {
        json.Read();
        var code = json.GetString()!;
        json.Read();
        var message = json.GetString()!;
        json.Read();
        var retryable = json.GetBoolean();
        json.Read();
        return new TaskError(code, message, retryable);
    }

    private static StepStatus Status(ref Utf8JsonReader json) => StepStatusLetters.Parse((char)json.ValueSpan[0]);

    private static bool Flag(ref Utf8JsonReader json) => json.GetInt32() != 0;

    private static DateTimeOffset Time(ref Utf8JsonReader json) => DateTimeOffset.FromUnixTimeMilliseconds(json.GetInt64());

    private static RunState PassOver(ref Utf8JsonReader json, RunState state)
    {
        json.Skip();
        return state;
    }
}
