using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Writes a run's state; what stands at its default is left out. <see cref="RunStateReader"/> has the same names.</summary>
internal static class RunStateWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(RunState state)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteNumber(json, "s"u8, (int)state.Status);
            WriteFlag(json, "b"u8, state.HasBegun);
            WriteFlag(json, "c"u8, state.IsCompensating);
            WriteFlag(json, "a"u8, state.IsAborting);
            WriteFlag(json, "u"u8, state.WasCompensated);
            WriteFlag(json, "f"u8, state.IsBroken);
            WriteTime(json, "h"u8, state.HeldUntil);
            WriteError(json, state.Error);
            json.WriteStartArray("t"u8);
            foreach (var step in state.Steps)
            {
                Write(json, step);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, StepState step)
    {
        json.WriteStartObject();
        json.WriteString("i"u8, step.Id);
        WriteStatus(json, "s"u8, step.Status == StepStatus.Pending ? null : step.Status);
        WriteNumber(json, "r"u8, step.Round - 1);
        if (step.Items is not null)
        {
            json.WriteString("x"u8, (step.Items as ItemStates ?? ItemStates.CopyOf(step.Items)).ToString());
        }

        WriteTime(json, "b"u8, step.StartedAt);
        WriteTime(json, "d"u8, step.EndedAt);
        WriteError(json, step.Error);
        if (step.Question is not null)
        {
            json.WriteString("q"u8, step.Question);
        }

        WriteTime(json, "l"u8, step.ExpiresAt);
        WriteNumber(json, "o"u8, step.Order ?? 0);
        WriteNumber(json, "z"u8, step.OutputBytes);
        WriteFlag(json, "w"u8, step.HasWholeOutput);
        WriteFlag(json, "k"u8, step.HasKeptItems);
        WriteFlag(json, "g"u8, step.HasGivenUp);
        WriteNumber(json, "p"u8, (int)step.InputChange);
        WriteTime(json, "n"u8, step.NotBefore);
        WriteStatus(json, "u"u8, step.Compensation);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, TaskError? error)
    {
        if (error is not null)
        {
            json.WriteStartArray("e"u8);
            json.WriteStringValue(error.Code);
            json.WriteStringValue(error.Message);
            json.WriteBooleanValue(error.Retryable);
            json.WriteEndArray();
        }
    }

    private static void WriteStatus(Utf8JsonWriter json, ReadOnlySpan<byte> name, StepStatus? status)
    {
        if (status is { } given)
        {
            json.WriteString(name, [StepStatusLetters.Of(given)]);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long number)
    {
        if (number != 0)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool flag) => WriteNumber(json, name, flag ? 1 : 0);

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            json.WriteNumber(name, given.ToUnixTimeMilliseconds());
        }
    }
}
