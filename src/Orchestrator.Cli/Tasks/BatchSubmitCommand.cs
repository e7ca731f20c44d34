using System.CommandLine;
using System.Text;
using System.Text.Json;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class BatchSubmitCommand : ApiCommand
{
    private readonly Argument<string> _file = new("file") { Description = "A JSON array of tasks, or one task a line; - for standard input.", DefaultValueFactory = _ => "-" };
    private readonly Option<string?> _key = Input.Text("--idempotency-key", "The same key and the same tasks again make no second batch.", "key");

    public BatchSubmitCommand()
        : base(
            "submit",
            "Submits up to 10,000 tasks, all or none, and prints their ids.",
            "orc batch submit tasks.jsonl -w acme",
            "orc batch submit - -o jsonl")
    {
        Details = """
            Each task has an action, and whatever a submission may say: input, priority, tags and so on. A ref names it for other tasks of
            the same batch, which may name it in dependsOn.
            """;
        Takes(_file, _key);
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var file = JsonSource.FileOf(call.Get(_file));
        var batch = Read(await JsonSource.TextAsync(file, call.Interrupted), JsonSource.Named(file));
        var ids = await call.Client.Tasks.SubmitBatchAsync(call.Workspace, batch, call.Get(_key), call.Interrupted);
        if (call.Printer.Format == Output.OutputFormat.Json)
        {
            return call.Show(new BatchResponse(ids));
        }

        foreach (var id in ids)
        {
            Console.WriteLine(call.Printer.IsTable ? $"{id}" : $"\"{id}\"");
        }

        return CliExitCodes.Success;
    }

    /// <summary>The request of an array, of lines, or of the request itself.</summary>
    private static RawJson Read(string text, string name)
    {
        if (JsonSource.MistakeIn(text) is null)
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return RawJson.From($$"""{"tasks":{{text}}}""")!.Value;
            }

            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("tasks", out _))
            {
                return RawJson.From(text)!.Value;
            }
        }

        var tasks = new StringBuilder();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (JsonSource.MistakeIn(line) is { } mistake)
            {
                throw new CliException(CliExitCodes.Invalid, $"{name}, line {number}: no JSON: {mistake}");
            }

            tasks.Append(tasks.Length == 0 ? "" : ",").Append(line);
        }

        return tasks.Length > 0
            ? RawJson.From($$"""{"tasks":[{{tasks}}]}""")!.Value
            : throw new CliException(CliExitCodes.Invalid, $"{name} holds no tasks.");
    }
}
