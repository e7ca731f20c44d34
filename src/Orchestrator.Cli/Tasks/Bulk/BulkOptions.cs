using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks.Bulk;

/// <summary>Which tasks an operation on many is for, and whether it is really meant.</summary>
internal sealed class BulkOptions
{
    private static readonly string[] Keys = ["workspace", "status", "action", "tag", "parentId", "createdAfter", "createdBefore"];

    private readonly Option<string[]> _filter = Pairs.Option("--filter", $"Every task that fits: {string.Join(", ", Keys)}.", "key=value");
    private readonly Option<bool> _yes = Confirmation.Option();
    private readonly Option<bool> _dryRun = Input.Flag("--dry-run", "Only count the tasks.");
    private readonly Option<bool> _noWait = Input.Flag("--no-wait", "Print the operation as it begins; by default it is waited for.");

    public BulkOptions()
    {
        _filter.CompletionSources.Add([.. Keys.Select(key => $"{key}=")]);
        _filter.Validators.Add(result =>
        {
            foreach (var (key, value) in Pairs.Of([.. result.Tokens.Select(token => token.Value)]))
            {
                if (MistakeIn(key, value) is { } mistake)
                {
                    result.AddError($"--filter {key} {mistake}");
                }
            }

            foreach (var key in Pairs.Of([.. result.Tokens.Select(token => token.Value)]).GroupBy(pair => pair.Name).Where(group => group.Count() > 1))
            {
                result.AddError($"--filter {key.Key} is given twice.");
            }
        });
    }

    public Symbol[] All => [_filter, _yes, _dryRun, _noWait];

    public bool IsGiven(SymbolResult beside) => beside.GetResult(_filter) is { Tokens.Count: > 0 };

    public bool IsGiven(ApiCall call) => call.Has(_filter);

    public bool IsMeant(ApiCall call) => call.Get(_yes);

    public bool IsDryRun(ApiCall call) => call.Get(_dryRun);

    public bool Waits(ApiCall call) => !call.Get(_noWait);

    public BulkFilterRequest Read(ApiCall call)
    {
        var named = Pairs.Of(call.Get(_filter)).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        return new BulkFilterRequest
        {
            Workspace = named.GetValueOrDefault("workspace") ?? call.Workspace,
            Status = named.GetValueOrDefault("status"),
            Action = named.GetValueOrDefault("action"),
            Tag = named.GetValueOrDefault("tag"),
            ParentId = named.TryGetValue("parentId", out var parent) ? Guid.Parse(parent) : null,
            CreatedAfter = Moment(named.GetValueOrDefault("createdAfter")),
            CreatedBefore = Moment(named.GetValueOrDefault("createdBefore")),
        };
    }

    private static string? MistakeIn(string key, string value) => key switch
    {
        _ when !Keys.Contains(key) => $"is none of {string.Join(", ", Keys)}.",
        "parentId" when !Guid.TryParse(value, out _) => "must be an id.",
        "createdAfter" or "createdBefore" when Moment(value) is null => "must be a time such as 2026-01-31T12:00:00Z.",
        _ when value.Length == 0 => "must have a value.",
        _ => null,
    };

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
