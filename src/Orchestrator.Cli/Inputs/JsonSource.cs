using System.Text;
using System.Text.Json;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Inputs;

/// <summary>What an option means that takes JSON: itself, <c>@file</c>, or <c>-</c> for standard input.</summary>
internal static class JsonSource
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="option">What it was given for, for messages.</param>
    public static async Task<RawJson?> ReadAsync(string? text, string option, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            return null;
        }

        var isGivenHere = text is not ("-" or ['@', ..]);
        var json = isGivenHere ? text : await TextAsync(text is "-" ? text : text[1..], cancellationToken);
        if (MistakeIn(json) is { } mistake)
        {
            var where = isGivenHere ? option : $"{option}: {Named(text is "-" ? text : text[1..])}";
            throw new CliException(CliExitCodes.Invalid, $"{where} is no JSON: {mistake}");
        }

        return RawJson.From(json);
    }

    /// <summary>A file's text, or that of standard input for <c>-</c>.</summary>
    public static async Task<string> TextAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file == "-" ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var reader = new StreamReader(stream, Strict);

            // A console cannot be made to stop reading; whoever interrupts does not wait for it.
            return await reader.ReadToEndAsync(cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException and not DecoderFallbackException)
        {
            throw new CliException(CliExitCodes.NoInput, $"{Named(file)} cannot be read: {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new CliException(CliExitCodes.Invalid, $"{Named(file)} is not UTF-8.", exception);
        }
    }

    /// <summary>What is wrong with it; null when it is one JSON value.</summary>
    public static string? MistakeIn(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return null;
        }
        catch (JsonException exception)
        {
            var place = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {(place < 0 ? exception.Message : exception.Message[..place])}";
        }
    }

    /// <summary>The file that is named where a command takes a file itself: as <c>@file</c> too, as options take it.</summary>
    public static string FileOf(string text) => text is ['@', .. { Length: > 0 } file] ? file : text;

    public static string Named(string file) => file == "-" ? "standard input" : file;
}
