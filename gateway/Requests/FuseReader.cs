using System.Text.Json;
using Orchestrator.Core.Fuses;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads what a body sets of the fuses and the budget of a workspace. Null means the default; what is left out stays.</summary>
internal static class FuseReader
{
    public static Func<FuseSettings, FuseSettings> ReadFuses(ObjectReader workspace)
    {
        var fuses = Section.Open(workspace, "fuses");
        var loop = Section.Open(fuses, "antiLoop");
        var cap = Section.Open(fuses, "pendingCap");
        var breaker = Section.Open(fuses, "circuitBreaker");
        var depth = fuses.Integer("delegationDepth", 0, FuseLimits.MaxDelegationDepth);
        var executions = loop.Integer("maxExecutions", 1, FuseLimits.MaxLoopExecutions);
        var window = loop.Integer("windowSeconds", 1, FuseLimits.MaxLoopWindowSeconds);
        var pause = loop.Integer("pauseSeconds", 1, FuseLimits.MaxLoopPauseSeconds);
        var countAll = loop.Flag("countAll");
        var delegated = cap.Integer("delegated", 1, FuseLimits.MaxPending);
        var total = cap.Integer("total", 1, FuseLimits.MaxPending);
        var failures = breaker.Integer("failures", 1, FuseLimits.MaxCircuitFailures);
        var failureWindow = breaker.Integer("windowSeconds", 1, FuseLimits.MaxCircuitWindowSeconds);
        var open = breaker.Integer("openSeconds", 1, FuseLimits.MaxCircuitOpenSeconds);
        fuses.Close();
        loop.Close();
        cap.Close();
        breaker.Close();
        return before => new FuseSettings
        {
            DelegationDepth = depth(before.DelegationDepth),
            LoopExecutions = executions(before.LoopExecutions),
            LoopWindowSeconds = window(before.LoopWindowSeconds),
            LoopPauseSeconds = pause(before.LoopPauseSeconds),
            LoopCountAll = countAll(before.LoopCountAll),
            PendingDelegated = delegated(before.PendingDelegated),
            PendingTotal = total(before.PendingTotal),
            CircuitFailures = failures(before.CircuitFailures),
            CircuitWindowSeconds = failureWindow(before.CircuitWindowSeconds),
            CircuitOpenSeconds = open(before.CircuitOpenSeconds),
        };
    }

    public static Func<decimal?, decimal?> ReadBudget(ObjectReader workspace)
    {
        var budget = Section.Open(workspace, "budget");
        var limit = budget.Money("limit");
        budget.Close();
        return limit;
    }

    /// <summary>An object that may be left out, or null.</summary>
    private readonly record struct Section(ObjectReader? Fields, bool IsNull)
    {
        public static Section Open(ObjectReader outer, string name) => outer.Find(name) switch
        {
            null => new Section(null, false),
            { ValueKind: JsonValueKind.Null } => new Section(null, true),
            { } value => new Section(ObjectReader.Open(value, outer.At(name), outer.Errors), false),
        };

        public static Section Open(Section outer, string name) =>
            outer.Fields is { } fields ? Open(fields, name) : new Section(null, outer.IsNull);

        public Func<int?, int?> Integer(string name, int min, int max) => Change(name, Fields?.Integer(name, min, max));

        public Func<bool?, bool?> Flag(string name) => Change(name, Fields?.Flag(name));

        public Func<decimal?, decimal?> Money(string name)
        {
            Fields?.Require(name);
            return Change(name, (decimal?)Fields?.Number(name, FuseLimits.MinBudget, FuseLimits.MaxBudget));
        }

        public void Close() => Fields?.RefuseUnknown();

        private Func<T?, T?> Change<T>(string name, T? value)
            where T : struct =>
            IsNull ? static _ => null : Fields?.Has(name) == true ? _ => value : static before => before;
    }
}
