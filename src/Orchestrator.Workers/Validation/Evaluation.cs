namespace Orchestrator.Workers.Validation;

/// <summary>One check of a payload on its way: what was found so far, and what it may still cost.</summary>
internal sealed class Evaluation
{
    private List<PayloadError> _errors = [];
    private long _steps = SchemaLimits.MaxSteps;
    private TimeSpan _patternTime = SchemaLimits.MaxPatternTime;
    private int _nesting;

    public IReadOnlyList<PayloadError> Errors => _errors;

    /// <summary>Whether as many errors were found as are named.</summary>
    public bool IsFull => _errors.Count >= SchemaLimits.MaxErrors;

    /// <summary>What it has cost, as a part of what it may.</summary>
    public double Cost => Math.Max(1 - ((double)_steps / SchemaLimits.MaxSteps), 1 - (_patternTime / SchemaLimits.MaxPatternTime));

    /// <summary>Writes an error down; false, so that a rule can end with it.</summary>
    public bool Fail(Place place, string message)
    {
        if (!IsFull)
        {
            _errors.Add(new PayloadError(place.ToString(), message));
        }

        return false;
    }

    /// <summary>Writes down what a trial found.</summary>
    public void Adopt(IEnumerable<PayloadError> errors) => _errors.AddRange(errors.Take(SchemaLimits.MaxErrors - _errors.Count));

    /// <summary>Runs a check whose errors do not count by themselves.</summary>
    public IReadOnlyList<PayloadError> Try(Action check)
    {
        var kept = _errors;
        _errors = [];
        try
        {
            check();
            return _errors;
        }
        finally
        {
            _errors = kept;
        }
    }

    public void Spend(long steps)
    {
        _steps -= steps;
        if (_steps < 0)
        {
            throw new CheckGivenUpException("was not checked to its end: the schema asks for more comparisons than one check may make.");
        }
    }

    /// <summary>Accounts for the time that a regular expression took.</summary>
    public void Spend(TimeSpan time)
    {
        _patternTime -= time;
        if (_patternTime < TimeSpan.Zero)
        {
            throw new CheckGivenUpException("was not checked to its end: the schema's regular expressions take too long.");
        }
    }

    public void Enter()
    {
        Spend(1);
        if (++_nesting > SchemaLimits.MaxNesting)
        {
            throw new CheckGivenUpException("was not checked to its end: the schema nests too deeply.");
        }
    }

    public void Leave() => _nesting--;
}
