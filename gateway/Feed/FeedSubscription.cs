using System.Text.Json;
using Orchestrator.Contracts.Feed;
using Orchestrator.Core.Naming;
using Orchestrator.Gateway.Requests;

namespace Orchestrator.Gateway.Feed;

/// <summary>Which messages a client wants.</summary>
internal sealed class FeedSubscription(FeedSelection selection)
{
    private const int MaxWorkspaces = 1_000;

    private readonly HashSet<string>? _workspaces = selection.Workspaces?.ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string>? _types = selection.Types?.ToHashSet(StringComparer.Ordinal);

    /// <summary>What a client gets that has asked for nothing.</summary>
    public static FeedSubscription Everything { get; } = new(new FeedSelection(null, null));

    public FeedSelection Selection { get; } = selection;

    /// <summary>Messages about no workspace are for everybody.</summary>
    public bool Takes(string type, string? workspace) =>
        (_types?.Contains(type) ?? type != FeedTypes.TaskChunk) && (workspace is null || _workspaces?.Contains(workspace) != false);

    /// <summary>Reads <c>{"subscribe": {"workspaces"?, "types"?}}</c>; null, and every mistake, when it is something else.</summary>
    public static FeedSubscription? Read(JsonElement message, FieldErrors errors)
    {
        if (ObjectReader.Open(message, JsonPointer.Root, errors) is not { } outer)
        {
            return null;
        }

        outer.Require("subscribe");
        FeedSubscription? subscription = null;
        if (outer.Find("subscribe") is { ValueKind: not JsonValueKind.Null } value && ObjectReader.Open(value, outer.At("subscribe"), errors) is { } inner)
        {
            subscription = new FeedSubscription(new FeedSelection(
                ReadList(inner, "workspaces", MaxWorkspaces, static name => ResourceName.IsValid(name), static _ => $"must be of the form {ResourceName.Pattern}."),
                ReadList(inner, "types", FeedTypes.All.Count, FeedTypes.All.Contains, ExpectationOf)));
            inner.RefuseUnknown();
        }

        outer.RefuseUnknown();
        return errors.Any ? null : subscription;
    }

    private static string ExpectationOf(string type)
    {
        const string history = "task.";
        var meant = type.StartsWith(history, StringComparison.Ordinal) ? FeedTypes.OfTask(type[history.Length..]) : type;
        var hint = meant != type && FeedTypes.All.Contains(meant) ? $"is called {meant} here; it " : "";
        return $"{hint}must be one of {string.Join(", ", FeedTypes.All)}.";
    }

    private static List<string>? ReadList(ObjectReader fields, string name, int maxItems, Predicate<string> isValid, Func<string, string> expectation)
    {
        if (fields.Array(name, maxItems, minItems: 1) is not { } entries)
        {
            return null;
        }

        var texts = new List<string>(entries.Count);
        foreach (var (value, pointer) in entries)
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            if (!isValid(text))
            {
                fields.Errors.Malformed(pointer, expectation(text));
            }
            else if (texts.Contains(text))
            {
                fields.Errors.Malformed(pointer, "is there twice.");
            }

            texts.Add(text);
        }

        return texts;
    }
}
