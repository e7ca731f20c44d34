using System.CommandLine;
using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Tasks.Bulk;

/// <summary>A command for one task by its id, or for many by a filter.</summary>
internal abstract class OneOrMany : ApiCommand
{
    private readonly Argument<Guid?> _id = new("id")
    {
        Description = "The task's id; or else --filter.",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0)
            {
                return null;
            }

            if (!Guid.TryParse(result.Tokens.Single().Value, out var id))
            {
                result.AddError($"'{result.Tokens.Single().Value}' is no id of a task.");
            }

            return id;
        },
    };

    private readonly BulkOptions _many = new();

    protected OneOrMany(string name, string summary, params string[] examples)
        : base(name, summary, examples)
    {
        Details = "With --filter it is done to every task that fits. Without --yes they are only counted, and the exit code is 3.";
        Takes([_id, .. _many.All]);
        Validators.Add(result =>
        {
            if (result.GetResult(_id) is { Tokens.Count: > 0 } == _many.IsGiven(result))
            {
                result.AddError("Name one task by its id, or many with --filter.");
            }
        });
    }

    protected abstract string Verb { get; }

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Get(_id) is { } id ? RunAsync(call, id) : BulkWork.RunAsync(call, _many, Name, Verb);

    protected abstract Task<int> RunAsync(ApiCall call, Guid id);
}
