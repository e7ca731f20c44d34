using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>Definitions for tests, step by step.</summary>
internal static class Sample
{
    public static RunDefinition Run(params StepDefinition[] steps) => new() { Name = new DefinitionName("acme", "sample", "1"), Steps = steps };

    /// <summary>A step of one task.</summary>
    public static StepDefinition Task(string id, params string[] needs) => new() { Id = id, Needs = needs, Action = "test.do" };

    /// <summary>A decision of a person alone.</summary>
    public static StepDefinition Decision(string id, params string[] needs) =>
        new() { Id = id, Needs = needs, Approval = new ApprovalDefinition(Template("Go on?"), null, false) };

    public static StepDefinition If(this StepDefinition step, string condition) => step with { If = Expression.Parse(condition) };

    public static StepDefinition Each(this StepDefinition step, string items, int? maxParallel = null) =>
        step with { Foreach = new ForeachDefinition(Expression.Parse(items), maxParallel) };

    public static StepDefinition Input(this StepDefinition step, object input) => step with { Input = Template(input) };

    public static StepDefinition Output(this StepDefinition step, object output) => step with { Output = Template(output) };

    public static StepDefinition Undone(this StepDefinition step, object? input = null) =>
        step with { Compensation = new CompensationDefinition("test.undo", input is null ? null : Template(input), 5, 1_000) };

    public static StepDefinition Asks(this StepDefinition step, string question, long? timeoutMs = null, bool continues = false) =>
        step with { Approval = new ApprovalDefinition(Template(question), timeoutMs, continues) };

    public static StepDefinition GoesOn(this StepDefinition step) => step with { ContinueOnFailure = true };

    public static Template Template(object value) => Core.Runs.Expressions.Template.Parse(JsonSerializer.SerializeToElement(value));
}
