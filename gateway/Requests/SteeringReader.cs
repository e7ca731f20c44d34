using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads what people say to tasks.</summary>
internal static class SteeringReader
{
    private static readonly string[] Roles = ["user", "system"];

    public static IReadOnlyList<NewMessage> ReadMessages(JsonElement body, FieldErrors errors)
    {
        var messages = new List<NewMessage>();
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is { } fields)
        {
            fields.Require("messages");
            foreach (var (value, pointer) in fields.Array("messages", TaskLimits.MaxMessages, minItems: 1) ?? [])
            {
                messages.Add(ReadMessage(value, pointer, errors));
            }

            fields.RefuseUnknown();
        }

        errors.ThrowIfAny();
        return messages;
    }

    public static ApprovalReply ReadDecision(JsonElement body, FieldErrors errors)
    {
        var reply = new ApprovalReply(ApprovalVerdict.Approve);
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is { } fields)
        {
            fields.Require("decision");
            var verdict = OneOf(fields, "decision", ApprovalVerdictNames.OfPeople);
            reply = new ApprovalReply(
                verdict is null ? ApprovalVerdict.Approve : ApprovalVerdictNames.Parse(verdict), ReadEdits(fields), fields.Text("comment", TaskLimits.MaxCommentLength))
            {
                Number = fields.Integer("number", 1, int.MaxValue),
            };
            fields.RefuseUnknown();
        }

        errors.ThrowIfAny();
        return reply;
    }

    private static NewMessage ReadMessage(JsonElement value, string pointer, FieldErrors errors)
    {
        if (ObjectReader.Open(value, pointer, errors) is not { } fields)
        {
            return new NewMessage("", "");
        }

        fields.Require("role");
        fields.Require("content");
        var message = new NewMessage(OneOf(fields, "role", Roles) ?? "", fields.Text("content", TaskLimits.MaxMessageLength) ?? "");
        fields.RefuseUnknown();
        return message;
    }

    private static ReadOnlyMemory<byte>? ReadEdits(ObjectReader fields)
    {
        var given = fields.IsGiven("edits");
        var edits = fields.Raw("edits", TaskLimits.MaxApprovalBytes);
        if (given && edits is { } raw && raw.Span[0] != (byte)'{')
        {
            fields.Errors.Malformed(fields.At("edits"), "must be an object.");
        }

        return given ? edits : null;
    }

    private static string? OneOf(ObjectReader fields, string name, IReadOnlyList<string> known)
    {
        var text = fields.Text(name, int.MaxValue, minLength: 0);
        if (text is not null && !known.Contains(text))
        {
            fields.Errors.Malformed(fields.At(name), $"must be one of {string.Join(", ", known)}.");
        }

        return text is not null && known.Contains(text) ? text : null;
    }
}
