using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the bodies of the run endpoints.</summary>
internal static class RunReader
{
    private static readonly Dictionary<string, RunDecision> Decisions = new(StringComparer.Ordinal)
    {
        ["approve"] = RunDecision.Continue,
        ["reject"] = RunDecision.Reject,
        ["continue"] = RunDecision.Continue,
        ["retry"] = RunDecision.Retry,
        ["abort"] = RunDecision.Abort,
    };

    /// <summary>A start as far as it can be read; what is wrong with it stands in the errors.</summary>
    /// <param name="body">Null for none.</param>
    /// <param name="owner">Of the definition.</param>
    /// <param name="name">Of the definition.</param>
    public static RunRequest ReadStart(JsonElement? body, string owner, string name, FieldErrors errors)
    {
        var request = new RunRequest
        {
            Workspace = IWorkspaceStore.DefaultWorkspace,
            Owner = owner,
            Name = name,
            Input = "null"u8.ToArray(),
            Priority = PriorityHint.Medium,
        };
        return Gather(body, errors, request, fields => request with
        {
            Workspace = TaskReader.Name(fields, "workspace") ?? request.Workspace,
            Version = ReadVersion(fields),
            Input = fields.Raw("input", TaskLimits.MaxInputBytes) ?? request.Input,
            Priority = TaskReader.Priority(fields) ?? request.Priority,
            Tags = fields.Texts("tags", TaskLimits.MaxTags, TaskLimits.MaxTagLength) ?? [],
        });
    }

    public static RunEvent.Abort ReadAbort(JsonElement? body, FieldErrors errors) => Read(
        body, errors, new RunEvent.Abort(null, false), static fields => new RunEvent.Abort(fields.Text("reason", TaskLimits.MaxCommentLength), fields.Flag("compensate") ?? false));

    public static RunEvent.Retry ReadRetry(JsonElement? body, string step, FieldErrors errors) => Read(
        body,
        errors,
        new RunEvent.Retry(step, TimeSpan.Zero, null),
        fields => new RunEvent.Retry(step, TimeSpan.FromMilliseconds(fields.Integer("delayMs", 0, TaskLimits.MaxTimeoutMs) ?? 0), fields.Raw("input", TaskLimits.MaxInputBytes)));

    public static RunEvent.Skip ReadSkip(JsonElement body, string step, FieldErrors errors) => Read(
        body,
        errors,
        new RunEvent.Skip(step, default),
        fields =>
        {
            if (!fields.Has("output"))
            {
                errors.Malformed(fields.At("output"), "is required; null is one.");
            }

            return new RunEvent.Skip(step, fields.Raw("output", RunLimits.MaxValueBytes) ?? default);
        });

    public static RunEvent.Decided ReadDecision(JsonElement body, string step, FieldErrors errors) => Read(
        body,
        errors,
        new RunEvent.Decided(step, RunDecision.Continue, null, null),
        fields =>
        {
            fields.Require("decision");
            var decision = ReadDecision(fields);
            var edits = fields.IsGiven("edits") ? fields.Raw("edits", TaskLimits.MaxApprovalBytes) : null;
            if (edits is not null && decision is (RunDecision.Reject or RunDecision.Abort))
            {
                fields.Errors.Malformed(fields.At("edits"), "goes with approve, continue and retry; there is nothing to edit otherwise.");
            }

            return new RunEvent.Decided(step, decision, edits, fields.Text("comment", TaskLimits.MaxCommentLength))
            {
                Round = fields.Integer("round", 1, int.MaxValue),
            };
        });

    /// <summary>The step from which a run is to be repeated.</summary>
    public static string ReadReplay(JsonElement body, FieldErrors errors) => Read(
        body,
        errors,
        "",
        fields =>
        {
            fields.Require("fromStep");
            var step = fields.Text("fromStep", int.MaxValue, minLength: 0) ?? "";
            if (step.Length > 0 && !StepName.IsValid(step))
            {
                errors.Malformed(fields.At("fromStep"), $"must be of the form {StepName.Pattern}.");
            }

            return step;
        });

    /// <summary>What the members of a body say, all of which must be known; <paramref name="otherwise"/> where there is no body.</summary>
    private static T Read<T>(JsonElement? body, FieldErrors errors, T otherwise, Func<ObjectReader, T> read)
    {
        var value = Gather(body, errors, otherwise, read);
        errors.ThrowIfAny();
        return value;
    }

    private static T Gather<T>(JsonElement? body, FieldErrors errors, T otherwise, Func<ObjectReader, T> read)
    {
        var value = otherwise;
        if (body is { } given && ObjectReader.Open(given, JsonPointer.Root, errors) is { } fields)
        {
            value = read(fields);
            fields.RefuseUnknown();
        }

        return value;
    }

    private static string? ReadVersion(ObjectReader fields)
    {
        var version = fields.Text("version", int.MaxValue, minLength: 0);
        if (version is not null && !DefinitionName.IsVersion(version))
        {
            fields.Errors.Malformed(fields.At("version"), $"must be of the form {DefinitionName.VersionPattern}.");
        }

        return version;
    }

    private static RunDecision ReadDecision(ObjectReader fields)
    {
        if (fields.Text("decision", int.MaxValue, minLength: 0) is not { } text)
        {
            return RunDecision.Continue;
        }

        if (!Decisions.TryGetValue(text, out var decision))
        {
            fields.Errors.Malformed(fields.At("decision"), $"must be one of {string.Join(", ", Decisions.Keys)}.");
        }

        return decision;
    }
}
