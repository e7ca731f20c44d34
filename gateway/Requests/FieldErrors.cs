using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Requests;

/// <summary>Gathers what is wrong with a request, so that every offending field is named at once.</summary>
internal sealed class FieldErrors
{
    /// <summary>How many fields an answer names; a hostile body can hold millions.</summary>
    public const int MaxFields = 1_000;

    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);
    private int _omitted;
    private ProblemType? _type;

    public bool Any => _type is not null;

    public bool Has(string pointer) => _messages.ContainsKey(pointer);

    /// <summary>The field is not of the form that the contract asks for: 400.</summary>
    public void Malformed(string pointer, string message) => Add(ProblemTypes.Validation, pointer, message);

    /// <summary>The field is larger than allowed: 413.</summary>
    public void TooLarge(string pointer, string message) => Add(ProblemTypes.TooLarge, pointer, message);

    /// <summary>The field is well formed, but what it says cannot be done: 422.</summary>
    public void Unprocessable(string pointer, string message) => Add(ProblemTypes.Unprocessable, pointer, message);

    public void ThrowIfAny()
    {
        if (_type is not null)
        {
            throw new ProblemException(ToProblem());
        }
    }

    /// <summary>One problem of the gravest type (form, then size, then meaning) that names all fields.</summary>
    public Problem ToProblem()
    {
        var type = _type ?? throw new InvalidOperationException("There is no error to report.");
        var count = _messages.Count + _omitted;
        var detail = count == 1 ? "One field cannot be accepted." : $"{count} fields cannot be accepted.";
        return new Problem(type, _omitted == 0 ? detail : $"{detail} The first {MaxFields} are listed.")
        {
            Errors = _messages.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)entry.Value, StringComparer.Ordinal),
        };
    }

    private void Add(ProblemType type, string pointer, string message)
    {
        if (_type is null || Gravity(type) > Gravity(_type))
        {
            _type = type;
        }

        if (_messages.TryGetValue(pointer, out var messages))
        {
            messages.Add(message);
        }
        else if (_messages.Count < MaxFields)
        {
            _messages.Add(pointer, [message]);
        }
        else
        {
            _omitted++;
        }
    }

    private static int Gravity(ProblemType type) => type.Status switch { 400 => 2, 413 => 1, _ => 0 };
}
