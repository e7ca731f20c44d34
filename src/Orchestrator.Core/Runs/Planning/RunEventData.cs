using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Core.Webhooks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>The data of history entries, as small JSON.</summary>
internal static class RunEventData
{
    public const string Replaced = """{"replaced":true}""";
    public const string Cached = """{"cached":true}""";
    public const string ByTime = """{"by":"time"}""";

    public static string Work(WorkKey key) => $$"""{"work":"{{key}}"}""";

    public static string Reason(string reason) => $$"""{"reason":"{{reason}}"}""";

    public static string Error(TaskError error) => Write(json =>
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        json.WriteBoolean("retryable"u8, error.Retryable);
        json.WriteEndObject();
    });

    public static string Question(string question, DateTimeOffset? expiresAt, int round) => Write(json =>
    {
        json.WriteString("question"u8, question);
        json.WriteNumber("round"u8, round);
        if (expiresAt is { } time)
        {
            json.WriteString("expiresAt"u8, EventTime.Format(time));
        }
    });

    public static string Decision(string? comment, bool edited) => Write(json =>
    {
        json.WriteString("by"u8, "person"u8);
        WriteRemark(json, comment, edited);
    });

    public static string Retry(int round, TimeSpan delay, string? comment, bool edited) => Write(json =>
    {
        json.WriteNumber("round"u8, round);
        if (delay > TimeSpan.Zero)
        {
            json.WriteNumber("delayMs"u8, (long)delay.TotalMilliseconds);
        }

        WriteRemark(json, comment, edited);
    });

    private static void WriteRemark(Utf8JsonWriter json, string? comment, bool edited)
    {
        if (comment is not null)
        {
            json.WriteString("comment"u8, comment);
        }

        if (edited)
        {
            json.WriteBoolean("edited"u8, true);
        }
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
