using System.Net;
using System.Net.Sockets;
using Orchestrator.Runtime.Models;
using Orchestrator.TestKit.Models;

namespace Orchestrator.Workers.Tests.Providers;

/// <summary>Each way in which a provider fails is told as what it is, after one request.</summary>
public sealed class ModelFailureTests : ProviderBench
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(500, ModelFailure.Unavailable)]
    [InlineData(503, ModelFailure.Unavailable)]
    [InlineData(408, ModelFailure.Unavailable)]
    [InlineData(400, ModelFailure.Refused)]
    [InlineData(422, ModelFailure.Refused)]
    [InlineData(302, ModelFailure.Refused)]
    [InlineData(401, ModelFailure.KeyRefused)]
    [InlineData(403, ModelFailure.KeyRefused)]
    [InlineData(404, ModelFailure.UnknownModel)]
    [InlineData(429, ModelFailure.RateLimited)]
    public async Task Answer_Status_IsAFailureOfItsOwn(int status, ModelFailure failure)
    {
        Answer(ModelReply.Failure(status, $$$"""{"error": {"message": "Incorrect API key provided: {{{Key}}}", "code": "{{{Key}}}", "type": "server_error"}}"""));

        var exception = await FailAsync(streamed: status % 2 == 0, failure);

        Assert.Contains($"({status}, server_error)", exception.Message, StringComparison.Ordinal);
        Assert.Null(exception.RetryAfter);
    }

    [Fact]
    public async Task Answer_NoCreditLeft_IsNoMatterOfTheRate()
    {
        Answer(ModelReply.Failure(429, """{"error": {"code": "insufficient_quota"}}"""));

        await FailAsync(streamed: false, ModelFailure.KeyRefused);
    }

    [Theory]
    [InlineData("17", 17.0, 17.0)]
    [InlineData("1.5", 1.5, 1.5)]
    [InlineData("-3", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0.0, 0.0)]
    [InlineData("Fri, 31 Dec 2100 23:59:59 GMT", 86_400.0, 86_400.0)]
    public async Task Answer_RetryAfter_IsHandedOn(string header, double? least, double? most)
    {
        Answer(ModelReply.Failure(429) with { RetryAfter = header });

        var exception = await FailAsync(streamed: true, ModelFailure.RateLimited);

        Assert.Equal(least is null, exception.RetryAfter is null);
        Assert.True(exception.RetryAfter is null || (exception.RetryAfter.Value.TotalSeconds >= least && exception.RetryAfter.Value.TotalSeconds <= most), $"{exception.RetryAfter}");
    }

    [Fact]
    public async Task Answer_RetryAfterADate_IsTheTimeUntilThen()
    {
        Answer(ModelReply.Failure(429) with { RetryAfter = DateTimeOffset.UtcNow.AddSeconds(90).ToString("R") });

        var exception = await FailAsync(streamed: true, ModelFailure.RateLimited);

        Assert.InRange(exception.RetryAfter!.Value.TotalSeconds, 60, 91);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>hello</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"choices": []}""")]
    [InlineData("""{"choices": [{"index": 0, "finish_reason": "stop", "message": null}]}""")]
    [InlineData("""{"choices": [{"message": {"content": "sk-s3cret-canary""")]
    [InlineData("""{"choices": [{"message": {"content": "\ud800 sk-s3cret-canary"}}]}""")]
    [InlineData("""{"error": {"message": "sk-s3cret-canary", "code": "rate_limit_exceeded"}}""")]
    public async Task Answer_OfNoProtocol_IsInvalid(string body)
    {
        Answer(new ModelReply("") { RawBody = body });
        await FailAsync(streamed: false, ModelFailure.InvalidAnswer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data: {\"choices\": [{\"delta\": {\"content\": \"sk-s3cret-canary\n\n")]
    [InlineData("data: {\"error\": {\"message\": \"sk-s3cret-canary\"}}\n\n")]
    [InlineData("<html>sk-s3cret-canary</html>")]
    public async Task Answer_StreamOfNoProtocol_IsInvalid(string stream)
    {
        Answer(ModelReply.RawStream(stream));
        await FailAsync(streamed: true, ModelFailure.InvalidAnswer);
    }

    [Fact]
    public async Task Answer_StreamThatEndsInTheMiddle_IsUnavailableWithItsUsage()
    {
        Answer(ModelReply.RawStream("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}], \"usage\": {\"prompt_tokens\": 3}}\n\n"));

        var exception = await FailAsync(streamed: true, ModelFailure.Unavailable);

        Assert.Equal(3, exception.Usage?.InputTokens);
    }

    [Fact]
    public async Task Answer_ConnectionCutInTheMiddle_IsUnavailable()
    {
        Answer(ModelReply.CutAfter(2, "a text of many words", Task.CompletedTask));
        await FailAsync(streamed: true, ModelFailure.Unavailable);
    }

    [Fact]
    public async Task Answer_ConnectionCutAfterTheEnd_IsWhole()
    {
        var read = new TaskCompletionSource();
        Answer(ModelReply.RawStream("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}, \"finish_reason\": \"stop\"}]}\n\n", read.Task));

        Assert.Equal("a", (await Chat().AnswerAsync(Question, _ => read.SetResult(), None)).Text);
    }

    [Theory]
    [InlineData(false, "application/json", "{\"x\": \"", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(true, "text/event-stream", "data: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(true, "text/event-stream", "", "data: {\"choices\": [{\"delta\": {\"content\": \"aaaaaaaaaaaa\"}}]}\n\n")]
    [InlineData(true, "text/event-stream", "", ": still here\n\n")]
    public async Task Answer_WithoutEnd_IsTooLarge(bool streamed, string contentType, string start, string repeated)
    {
        Answer(ModelReply.Endless(contentType, start, repeated));
        await FailAsync(streamed, ModelFailure.TooLarge);
    }

    [Fact]
    public async Task Answer_ErrorWithoutEnd_IsItsStatus()
    {
        Answer(ModelReply.Endless("application/json", "{\"error\": \"", "aaaaaaaaaaaaaaaaaa", status: 500));
        await FailAsync(streamed: false, ModelFailure.Unavailable);
    }

    [Theory]
    [InlineData(false, "application/json", " ")]
    [InlineData(true, "text/event-stream", ": still here\n\n")]
    [InlineData(true, "text/event-stream", "data: {\"choices\": [{\"delta\": {\"role\": \"assistant\", \"content\": \"\"}}]}\n\n")]
    public async Task Answer_BodyThatTrickles_IsTooSlow(bool streamed, string contentType, string dribble)
    {
        Limits = Limits with { FirstToken = Short, Answer = Short };
        Answer(ModelReply.Trickle(contentType, dribble));
        await FailAsync(streamed, ModelFailure.TooSlow);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Answer_PieceThatDoesNotCome_IsTooSlow(int piece)
    {
        Limits = Limits with { FirstToken = piece == 0 ? Short : Limits.FirstToken, Idle = piece == 0 ? Limits.Idle : Short };
        Answer(new ModelReply("a text of many words") { BeforePiece = (number, aborted) => number == piece ? Task.Delay(Timeout.Infinite, aborted) : Task.CompletedTask });
        await FailAsync(streamed: true, ModelFailure.TooSlow);
    }

    [Fact]
    public async Task Answer_NobodyListening_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var exception = await Assert.ThrowsAsync<ModelException>(() => Chat(Provider($"http://127.0.0.1:{port}/v1")).AnswerAsync(Question, null, None));

        Assert.Equal(ModelFailure.Unavailable, exception.Failure);
        Assert.DoesNotContain($"{port}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ProviderThatNeverAnswers_EndsWithTheCallersLimit(bool streamed)
    {
        var left = new TaskCompletionSource();
        Endpoint.OnRequest = async (_, aborted) =>
        {
            aborted.Register(left.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, aborted);
            return ModelReply.Score(1);
        };
        using var limit = new CancellationTokenSource(Short);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chat().AnswerAsync(Question, streamed ? static _ => { } : null, limit.Token));

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
