using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Orchestrator.Client.Http;

/// <summary>Sends requests, again where that is right, and makes exceptions of refusals.</summary>
internal sealed class ApiConnection
{
    private const string ReplayedHeader = "Idempotency-Replayed";
    private static readonly string UserAgent = $"orchestrator-client/{typeof(ApiConnection).Assembly.GetName().Version?.ToString(3)}";

    private readonly HttpClient _http;
    private readonly string _address;
    private readonly RequestRetryOptions _retry;
    private readonly TimeSpan _timeout;

    public ApiConnection(HttpClient http, OrchestratorClientOptions options)
        : this(http, options, options.Retry, options.RequestTimeout)
    {
    }

    private ApiConnection(HttpClient http, OrchestratorClientOptions options, RequestRetryOptions retry, TimeSpan timeout)
    {
        _http = http;
        Options = options;
        _address = (http.BaseAddress ?? options.BaseAddress).AbsoluteUri.TrimEnd('/');
        _retry = retry;
        _timeout = timeout;
    }

    public OrchestratorClientOptions Options { get; }

    public TimeProvider Time => Options.TimeProvider;

    /// <summary>The same with another patience.</summary>
    public ApiConnection With(RequestRetryOptions retry, TimeSpan timeout) => new(_http, Options, retry, timeout);

    public async Task<T> SendAsync<T>(ApiRequest request, CancellationToken cancellationToken) =>
        (await SendAsync(request, cancellationToken).ConfigureAwait(false)).Read<T>();

    public Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        RetryAsync(
            request,
            async (attempt, limit) =>
            {
                using var response = await SendOnceAsync(request, HttpCompletionOption.ResponseContentRead, limit).ConfigureAwait(false);
                var body = await response.Content.ReadAsByteArrayAsync(limit).ConfigureAwait(false);
                return new ApiAnswer((int)response.StatusCode, body, response.Headers.Contains(ReplayedHeader), attempt);
            },
            cancellationToken);

    /// <summary>An answer whose body is read as it comes.</summary>
    public Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        RetryAsync(request, (_, limit) => SendOnceAsync(request, HttpCompletionOption.ResponseHeadersRead, limit), cancellationToken);

    private async Task<T> RetryAsync<T>(ApiRequest request, Func<int, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            OrchestratorException failure;
            try
            {
                return await WithinLimitAsync(request, limit => send(attempt, limit), cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorException refusal)
            {
                refusal.Attempts = attempt;
                if (!MaySendAgain(request, refusal, attempt))
                {
                    throw;
                }

                failure = refusal;
            }

            var delay = Backoff.Delay(_retry, attempt, failure.RetryAfter);
            Options.OnRetry?.Invoke(new RequestRetry($"{request.Method} {request.Prefix}{request.Path}", attempt, delay, failure));
            await Task.Delay(delay, Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool MaySendAgain(ApiRequest request, OrchestratorException refusal, int attempt) =>
        attempt < _retry.MaxAttempts
        && refusal.IsTransient
        && (request.IsRepeatable || refusal.IsUndone)
        && (refusal.RetryAfter is not { } asked || asked <= _retry.MaxRetryAfter);

    private async Task<T> WithinLimitAsync<T>(ApiRequest request, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var longest = request.Wait + _timeout;
        using var timeout = new CancellationTokenSource(longest, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await send(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OrchestratorException($"{_address} did not answer within {longest}.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new OrchestratorException($"{_address} cannot be reached: {Sentence(exception)}", exception) { IsUndone = NeverLeft(exception) };
        }
        catch (SocketException exception)
        {
            // HttpClient lets it through when a connection is reset between being made and being used.
            throw new OrchestratorException($"{_address} cannot be reached: {Sentence(exception)}", exception);
        }
        catch (IOException exception)
        {
            throw new OrchestratorException($"The answer of {_address} broke off: {Sentence(exception)}", exception);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri($"{_address}{request.Prefix}{request.Path}"));
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (Options.ApiKey is { Length: > 0 } key)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body) { Headers = { ContentType = new MediaTypeHeaderValue(request.MediaType) } };
        }
        else if (request.Method != HttpMethod.Get)
        {
            // Without a content at all, HttpClient itself would send it again when a kept connection breaks, and tell nobody.
            message.Content = new ByteArrayContent([]);
        }

        var response = await _http.SendAsync(message, completion, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices)
        {
            return response;
        }

        using (response)
        {
            throw await ProblemReader.ReadAsync(response, Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Sentence(Exception exception) => $"{exception.Message.TrimEnd('.')}.";

    private static bool NeverLeft(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}
