using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>One request to a provider. Whatever it ends in is an answer or a <see cref="ModelException"/>.</summary>
internal sealed class ModelCall : IDisposable
{
    private readonly string _model;
    private readonly ModelLimits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;

    private ModelCall(string model, ModelLimits limits, TimeProvider time, CancellationToken caller)
    {
        _model = model;
        _limits = limits;
        _time = time;
        _caller = caller;
        _late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, caller);
    }

    /// <summary>Cancelled by the caller, and when a limit has passed.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether a limit has passed.</summary>
    public bool IsLate => _late.IsCancellationRequested && !_caller.IsCancellationRequested;

    public static async Task<T> RunAsync<T>(
        string model, ModelLimits limits, TimeProvider time, Func<ModelCall, Task<T>> run, CancellationToken cancellationToken)
    {
        using var call = new ModelCall(model, limits, time, cancellationToken);
        try
        {
            return await run(call).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw call.IsLate
                ? call.Failure(ModelFailure.TooSlow, "took too long to answer.")
                : call.Failure(ModelFailure.Unavailable, "cannot be reached: connecting took too long.");
        }
        catch (ResponseTooLargeException)
        {
            throw call.Failure(ModelFailure.TooLarge, $"answered more than {limits.MaxResponseBytes} bytes.");
        }
        catch (ClientResultException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw call.Failure(ModelFailure.Unavailable, $"cannot be reached{ReasonOf(exception.InnerException)}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw call.Failure(ModelFailure.Unavailable, $"cut its answer off{ReasonOf(exception)}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ClientResultException)
        {
            throw new OperationCanceledException("The call was cancelled.", exception, cancellationToken);
        }
    }

    /// <summary>Sends the request and answers with a response of status 2xx, which the caller disposes.</summary>
    /// <param name="within">How long the response may take until its limit is set anew.</param>
    public async Task<PipelineResponse> SendAsync(ReadOnlyMemory<byte> body, Func<BinaryContent, RequestOptions, Task<ClientResult>> send, TimeSpan within)
    {
        Allow(within);
        using var content = BinaryContent.Create(BinaryData.FromBytes(body));
        var options = new RequestOptions { BufferResponse = false, ErrorOptions = ClientErrorBehaviors.NoThrow, CancellationToken = Token };
        var response = (await send(content, options).ConfigureAwait(false)).GetRawResponse();
        if (response.Status is >= 200 and < 300)
        {
            return response;
        }

        using (response)
        {
            throw await ProviderRefusal.ReadAsync(_model, response, _time, Token).ConfigureAwait(false);
        }
    }

    /// <summary>Sets the limit for what comes next.</summary>
    public void Allow(TimeSpan limit) => _late.CancelAfter(limit);

    public Stream Open(PipelineResponse response) => new BoundedStream(response.ContentStream ?? Stream.Null, _limits.MaxResponseBytes);

    /// <summary>Reads a response that is one JSON object.</summary>
    public async Task<T> ReadAsync<T>(PipelineResponse response, Func<JsonElement, T> read)
    {
        using var buffer = new MemoryStream();
        await Open(response).CopyToAsync(buffer, Token).ConfigureAwait(false);
        return Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), read);
    }

    /// <summary>Reads a piece of JSON; what is not of the protocol is an invalid answer.</summary>
    public T Parse<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                return root.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null
                    ? throw Invalid($"answered with an error in place of an answer{ProviderRefusal.CodeOf(error) switch { { } code => $" ({code})", null => "" }}.")
                    : read(root);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // What was read stays out: the exception may quote it.
        }

        throw Invalid("answered what cannot be read.");
    }

    public ModelException Invalid(string what) => Failure(ModelFailure.InvalidAnswer, what);

    public ModelException Failure(ModelFailure failure, string what) => new(failure, $"{_model} {what}") { Model = _model };

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }

    private static string ReasonOf(Exception? exception) => exception switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => $" ({http.HttpRequestError})",
        HttpIOException { HttpRequestError: not HttpRequestError.Unknown } http => $" ({http.HttpRequestError})",
        _ => "",
    };
}
