using System.Text.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers.Simulation;

/// <summary>Reads the input without allocating where there is nothing to keep, and names every offending member at once.</summary>
internal ref struct SimulatedInputReader(ReadOnlySpan<byte> json)
{
    private static readonly string[] Names = ["latencyMs", "jitterMs", "errorRate", "rateLimitRate", "retryAfterMs", "text", "usage"];

    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = TaskLimits.MaxJsonDepth });
    private List<string>? _problems;
    private int _seen;

    /// <summary>The input, or all that is wrong with it in one sentence each.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out SimulatedInput input, out string problem)
    {
        input = default;
        var reader = new SimulatedInputReader(json);
        try
        {
            reader.ReadObject(ref input);
        }
        catch (JsonException exception)
        {
            reader.Add($"$: not JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            reader.Add("$: a string is not valid UTF-8 or holds half a surrogate pair.");
        }

        problem = reader._problems is null ? string.Empty : string.Join(' ', reader._problems);
        return reader._problems is null;
    }

    private void ReadObject(ref SimulatedInput input)
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            Add("$: must be an object.");
            return;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadName();
            _reader.Read();
            ReadMember(name, ref input);
        }

        if (input.ErrorRate + input.RateLimitRate > 1)
        {
            Add("$.errorRate, $.rateLimitRate: together at most 1.");
        }
    }

    /// <summary>The name as a constant where it is known, so that reading a well-formed input allocates no names.</summary>
    private string ReadName()
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (!_reader.ValueTextEquals(Names[i]))
            {
                continue;
            }

            if ((_seen & (1 << i)) != 0)
            {
                Add($"$.{Names[i]}: given twice.");
            }

            _seen |= 1 << i;
            return Names[i];
        }

        return _reader.GetString()!;
    }

    private void ReadMember(string name, ref SimulatedInput input)
    {
        switch (name)
        {
            case "latencyMs":
                input.LatencyMs = ReadMilliseconds(name) ?? 0;
                break;
            case "jitterMs":
                input.JitterMs = ReadMilliseconds(name) ?? 0;
                break;
            case "errorRate":
                input.ErrorRate = ReadRate(name);
                break;
            case "rateLimitRate":
                input.RateLimitRate = ReadRate(name);
                break;
            case "retryAfterMs":
                input.RetryAfterMs = ReadMilliseconds(name);
                break;
            case "text":
                input.Text = ReadText();
                break;
            case "usage":
                input.Usage = ReadUsage();
                break;
            default:
                Add($"$.{name}: there is no such member.");
                _reader.Skip();
                break;
        }
    }

    private int? ReadMilliseconds(string name)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var value) && value is >= 0 and <= SimulatedInput.MaxMilliseconds)
        {
            return value;
        }

        Add($"$.{name}: must be a whole number from 0 to {SimulatedInput.MaxMilliseconds}.");
        _reader.Skip();
        return null;
    }

    private double ReadRate(string name)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out var value) && value is >= 0 and <= 1)
        {
            return value;
        }

        Add($"$.{name}: must be a number from 0 to 1.");
        _reader.Skip();
        return 0;
    }

    private string? ReadText()
    {
        if (_reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
        {
            return _reader.GetString();
        }

        Add("$.text: must be a string.");
        _reader.Skip();
        return null;
    }

    private TaskUsage? ReadUsage()
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            Add("$.usage: must be an object.");
            _reader.Skip();
            return null;
        }

        var usage = new TaskUsage();
        var seen = new HashSet<string>();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            if (!seen.Add(name))
            {
                Add($"$.usage.{name}: given twice.");
            }

            _reader.Read();
            usage = name switch
            {
                "inputTokens" => usage with { InputTokens = ReadTokens(name) },
                "outputTokens" => usage with { OutputTokens = ReadTokens(name) },
                "cachedTokens" => usage with { CachedTokens = ReadTokens(name) },
                "reasoningTokens" => usage with { ReasoningTokens = ReadTokens(name) },
                "cost" => usage with { Cost = ReadCost() },
                _ => SkipUnknown(usage, name),
            };
        }

        return usage;
    }

    private TaskUsage SkipUnknown(TaskUsage usage, string name)
    {
        Add($"$.usage.{name}: there is no such member.");
        _reader.Skip();
        return usage;
    }

    private long ReadTokens(string name)
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var value) && value >= 0)
        {
            return value;
        }

        Add($"$.usage.{name}: must be a whole number from 0.");
        _reader.Skip();
        return 0;
    }

    private decimal ReadCost()
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetDecimal(out var value) && value >= 0)
        {
            return value;
        }

        Add("$.usage.cost: must be a number from 0.");
        _reader.Skip();
        return 0;
    }

    private void Add(string problem) => (_problems ??= []).Add(problem);
}
