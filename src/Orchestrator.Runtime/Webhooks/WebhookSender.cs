using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Webhooks;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>Sends one event to one receiver, signed, and waits for the answer no longer than it may take.</summary>
public sealed class WebhookSender(IHttpClientFactory clients, IOptions<WebhookOptions> options, TimeProvider timeProvider)
{
    /// <summary>The name of the client that sends.</summary>
    public const string ClientName = "orchestrator-webhooks";

    public const string EventIdHeader = "Orchestrator-Event-Id";
    public const string SignatureHeader = "Orchestrator-Signature";

    /// <summary>How much of an answer is read, so that a short one leaves its connection in order.</summary>
    private const int MaxAnswerBytes = 4 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly ProductInfoHeaderValue UserAgent = new("Orchestrator-Webhooks", "1");

    private readonly WebhookOptions _options = options.Value;

    public async Task<WebhookAnswer> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = RequestOf(delivery);
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            var answer = AnswerOf(response);
            await DrainAsync(response, linked.Token).ConfigureAwait(false);
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"No answer came within {_options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
        catch (HttpRequestException exception)
        {
            return Failed(ErrorOf(exception));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            // Told like every failure, so that a URL nobody can request is given up in time too.
            return Failed($"The request could not be made ({exception.GetType().Name}).");
        }
    }

    private HttpRequestMessage RequestOf(ClaimedDelivery delivery)
    {
        var body = WebhookBody.Of(delivery);
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Add(EventIdHeader, delivery.EventId);
        request.Headers.Add(SignatureHeader, WebhookSignature.Of(body.Span, delivery.Secret, timeProvider.GetUtcNow()));
        return request;
    }

    private WebhookAnswer AnswerOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return new WebhookAnswer(
            status,
            response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"The receiver answered {status}."),
            response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - timeProvider.GetUtcNow(),
                _ => null,
            });
    }

    /// <summary>Reads the beginning of an answer. What its status said holds whatever becomes of the rest.</summary>
    private static async Task DrainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await stream.ReadAtLeastAsync(new byte[MaxAnswerBytes], MaxAnswerBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The connection is closed with the answer.
        }
    }

    private static WebhookAnswer Failed(string error) => new(null, error, null);

    private static string ErrorOf(HttpRequestException exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is AddressRefusedException)
            {
                return inner.Message;
            }
        }

        return exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "The host's name is not known.",
            HttpRequestError.ConnectionError => "The connection failed.",
            HttpRequestError.SecureConnectionError => "The connection could not be secured: the receiver's certificate or TLS is not accepted.",
            HttpRequestError.InvalidResponse => "The answer is not HTTP.",
            HttpRequestError.ResponseEnded => "The connection ended before the answer.",
            var other => $"The request failed ({other}).",
        };
    }
}
