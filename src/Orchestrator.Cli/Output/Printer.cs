using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Cli.Calls;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Json;
using Spectre.Console;

namespace Orchestrator.Cli.Output;

/// <summary>Prints data to standard output, in the form that was asked for.</summary>
internal sealed class Printer
{
    private readonly bool _isTerminal = !Console.IsOutputRedirected;

    private Printer(OutputFormat format, bool isPlain)
    {
        Format = format;
        Screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = _isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = _isTerminal && !isPlain ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
    }

    public OutputFormat Format { get; }

    /// <summary>For what is more than lines.</summary>
    public IAnsiConsole Screen { get; }

    public bool IsTable => Format == OutputFormat.Table;

    public static Printer For(ParseResult arguments) => new(
        arguments.GetValue(GlobalOptions.Format),
        arguments.GetValue(GlobalOptions.NoColor) || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 });

    /// <param name="told">Members that people need not be told, because others say the same.</param>
    public void One<T>(T value, JsonTypeInfo<T>? type = null, params string[] told)
    {
        type ??= ContractsJson.TypeInfo<T>();
        if (!IsTable)
        {
            Console.WriteLine(SafeJson.Write(value, type, Format == OutputFormat.Json));
            return;
        }

        foreach (var line in Details.Of(JsonSerializer.SerializeToElement(value, type), _isTerminal, told))
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>A list as far as <paramref name="limit"/>; says when there is more.</summary>
    public async Task<int> ListAsync<T>(IAsyncEnumerable<T> items, IReadOnlyList<Column<T>> columns, int limit, CancellationToken cancellationToken)
    {
        var kept = new List<T>();
        var count = 0;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            if (++count > limit)
            {
                Notices.Tell(string.Create(CultureInfo.InvariantCulture, $"There are more than {limit}: raise --limit."));
                break;
            }

            if (Format == OutputFormat.JsonLines)
            {
                Console.WriteLine(SafeJson.Write(item, ContractsJson.TypeInfo<T>(), indented: false));
            }
            else
            {
                kept.Add(item);
            }
        }

        if (Format == OutputFormat.Json)
        {
            Console.WriteLine(SafeJson.Write(new Page<T>(kept, null), ContractsJson.TypeInfo<Page<T>>(), indented: true));
        }
        else if (IsTable)
        {
            Table(kept, columns);
        }

        return CliExitCodes.Success;
    }

    public void Table<T>(IReadOnlyCollection<T> items, IReadOnlyList<Column<T>> columns)
    {
        foreach (var line in Tables.Of(items, columns, _isTerminal))
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>One of many that come one after the other: a line of JSON, or one for people.</summary>
    public void Line<T>(T value, Func<T, string> text) =>
        Console.WriteLine(IsTable ? text(value) : SafeJson.Write(value, ContractsJson.TypeInfo<T>(), indented: false));
}
