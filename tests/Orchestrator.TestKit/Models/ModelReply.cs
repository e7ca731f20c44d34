using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.TestKit.Models;

/// <summary>One answer of a <see cref="ModelEndpoint"/>: streamed when the request asks for it.</summary>
/// <param name="Content">What the model says.</param>
public sealed record ModelReply(string Content)
{
    public int Status { get; init; } = 200;

    /// <summary>The body in place of an answer of the protocol.</summary>
    public string? RawBody { get; init; }

    /// <summary>What the model wants to have done: names and arguments. Its calls are <c>call_0</c>, <c>call_1</c> and so on, after <see cref="CallPrefix"/>.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Calls { get; init; } = [];

    public string CallPrefix { get; init; } = "call_";

    /// <summary>Default: what the protocol says for text, and for calls.</summary>
    public string? FinishReason { get; init; }

    public ModelUsage Usage { get; init; } = new(100, 7);

    /// <summary>How many characters a piece of a stream has.</summary>
    public int PieceLength { get; init; } = 5;

    /// <summary>Awaited before each piece of a stream, with its number from 0.</summary>
    public Func<int, CancellationToken, Task>? BeforePiece { get; init; }

    /// <summary>The header as it is sent: seconds or a date.</summary>
    public string? RetryAfter { get; init; }

    public int? RetryAfterSeconds
    {
        get => RetryAfter is null ? null : int.Parse(RetryAfter, CultureInfo.InvariantCulture);
        init => RetryAfter = value?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the whole response in place of all the above.</summary>
    public Func<HttpContext, Task>? Write { get; init; }

    public static ModelReply Score(int score) => new($$"""{"priority_score": {{score}}}""");

    public static ModelReply Failure(int status, string body = "{}") => new("") { Status = status, RawBody = body };

    /// <summary>Calls one tool.</summary>
    public static ModelReply Call(string name, string arguments) => new("") { Calls = [(name, arguments)] };

    /// <summary>Sends so many pieces of the text and, when this is done, cuts the connection. What the reader has not read by then may be lost.</summary>
    public static ModelReply CutAfter(int pieces, string text, Task when) => new(text)
    {
        BeforePiece = async (number, _) =>
        {
            if (number == pieces)
            {
                await when;
                throw new ModelCutException();
            }
        },
    };

    /// <summary>Sends this again and again for as long as anybody reads.</summary>
    public static ModelReply Endless(string contentType, string start, string repeated, int status = 200) => new("")
    {
        Write = async http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = contentType;
            await http.Response.WriteAsync(start);
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(repeated, http.RequestAborted);
            }
        },
    };

    /// <summary>Sends this as the body of a stream, and then ends it, or cuts the connection when this is done.</summary>
    public static ModelReply RawStream(string body, Task? cutWhen = null) => new("")
    {
        Write = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(body);
            await http.Response.Body.FlushAsync();
            if (cutWhen is not null)
            {
                await cutWhen;
                throw new ModelCutException();
            }
        },
    };

    /// <summary>Sends a byte now and then that is no part of an answer, and never ends.</summary>
    public static ModelReply Trickle(string contentType, string dribble) => new("")
    {
        Write = async http =>
        {
            http.Response.ContentType = contentType;
            while (true)
            {
                await http.Response.WriteAsync(dribble, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(20, http.RequestAborted);
            }
        },
    };
}
