using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Models;
using Orchestrator.Workers.Providers;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Providers;

/// <summary>Who is asked after whom, against two real endpoints.</summary>
public sealed class ModelRouterTests : ProviderBench
{
    private static readonly ModelName First = new("first", "m");
    private static readonly ModelName Second = new("second", "m");

    private readonly ManualTimeProvider _time = new();
    private readonly CapturingLoggerFactory _logs = new();

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task Answer_FirstThatFails_IsFollowedByTheSecond(int status)
    {
        await using var second = await ModelEndpoint.StartAsync();
        Answer(ModelReply.Failure(status));
        second.OnChat = (_, _) => Task.FromResult(new ModelReply("from the second"));

        var turn = await Router(second).AnswerAsync([First, Second], Question, static _ => { }, None);

        Assert.Equal(("second/m", "from the second"), (turn.Model, turn.Text));
        Assert.Equal((1, 1), (Endpoint.Chats, second.Chats));
        Assert.Contains(_logs.Lines, line => line.Contains("Falling back to second/m", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400, ModelFailure.Refused)]
    [InlineData(404, ModelFailure.UnknownModel)]
    public async Task Answer_MistakeOfTheRequest_IsHiddenByNoOther(int status, ModelFailure failure)
    {
        await using var second = await ModelEndpoint.StartAsync();
        Answer(ModelReply.Failure(status));

        var exception = await Assert.ThrowsAsync<ModelException>(() => Router(second).AnswerAsync([First, Second], Question, null, None));

        Assert.Equal((failure, "first/m", 0), (exception.Failure, exception.Model, second.Chats));
    }

    [Fact]
    public async Task Answer_FirstWithoutAKey_IsFollowedByTheSecond()
    {
        var turn = await Router(Endpoint).AnswerAsync([new ModelName("openai", "m"), Second], Question, null, None);

        Assert.Equal("second/m", turn.Model);
    }

    [Fact]
    public async Task Answer_CutAfterTextWasRead_IsFollowedByNoOther()
    {
        await using var second = await ModelEndpoint.StartAsync();
        var read = new TaskCompletionSource();
        Answer(ModelReply.CutAfter(1, "a text of many words", read.Task));
        var pieces = new List<string>();

        var exception = await Assert.ThrowsAsync<ModelException>(() => Router(second).AnswerAsync([First, Second], Question, Read, None));

        Assert.Equal((ModelFailure.Unavailable, "first/m", 0), (exception.Failure, exception.Model, second.Chats));
        Assert.Equal(["a tex"], pieces);

        void Read(string piece)
        {
            pieces.Add(piece);
            read.SetResult();
        }
    }

    [Fact]
    public async Task Answer_AllFail_IsTheLastOnesFailureAndWhatAllHaveUsed()
    {
        await using var second = await ModelEndpoint.StartAsync();
        Answer(new ModelReply("") { RawBody = """{"choices": [], "usage": {"prompt_tokens": 5}}""" });
        second.OnChat = (_, _) => Task.FromResult(ModelReply.Failure(429) with { RetryAfterSeconds = 7 });

        var exception = await Assert.ThrowsAsync<ModelException>(() => Router(second).AnswerAsync([First, Second], Question, null, None));

        Assert.Equal((ModelFailure.RateLimited, "second/m", TimeSpan.FromSeconds(7)), (exception.Failure, exception.Model, exception.RetryAfter));
        Assert.Equal(new TaskUsage(5), exception.Usage);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    public async Task Answer_FallbackThatIsAMistake_HidesNoFailureThatMayPass(int status)
    {
        await using var second = await ModelEndpoint.StartAsync();
        Answer(ModelReply.Failure(500));
        second.OnChat = (_, _) => Task.FromResult(ModelReply.Failure(status));

        var exception = await Assert.ThrowsAsync<ModelException>(() => Router(second).AnswerAsync([First, Second], Question, null, None));

        Assert.Equal((ModelFailure.Unavailable, "first/m"), (exception.Failure, exception.Model));
        Assert.Contains("first/m failed (500). second/m ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_FirstThatIsIll_IsAskedNoMoreUntilAProbeFindsItWell()
    {
        await using var second = await ModelEndpoint.StartAsync();
        Answer(ModelReply.Failure(500));
        var router = Router(second);
        for (var i = 0; i < 8; i++)
        {
            await router.AnswerAsync([First, Second], Question, null, None);
        }

        Assert.Equal((5, 8), (Endpoint.Chats, second.Chats));

        _time.Advance(TimeSpan.FromSeconds(31));
        await router.AnswerAsync([First, Second], Question, null, None);
        await router.AnswerAsync([First, Second], Question, null, None);
        Assert.Equal((6, 10), (Endpoint.Chats, second.Chats));

        Answer(new ModelReply("well"));
        _time.Advance(TimeSpan.FromSeconds(61));
        await router.AnswerAsync([First, Second], Question, null, None);
        Assert.Equal("first/m", (await router.AnswerAsync([First, Second], Question, null, None)).Model);
        Assert.Equal((8, 10), (Endpoint.Chats, second.Chats));
    }

    [Fact]
    public async Task Answer_OnlyModel_IsAskedHoweverIllItIs()
    {
        Answer(ModelReply.Failure(500));
        var router = Router(Endpoint);
        for (var i = 0; i < 8; i++)
        {
            await Assert.ThrowsAsync<ModelException>(() => router.AnswerAsync([First], Question, null, None));
        }

        Assert.Equal(8, Endpoint.Chats);
    }

    [Fact]
    public async Task Answer_FirstThatWantsToBeLeftAlone_IsLeftAloneForSoLong()
    {
        await using var second = await ModelEndpoint.StartAsync();
        Answer(ModelReply.Failure(429) with { RetryAfterSeconds = 20 });
        var router = Router(second);
        await router.AnswerAsync([First, Second], Question, null, None);
        await router.AnswerAsync([First, Second], Question, null, None);
        Assert.Equal(1, Endpoint.Chats);

        _time.Advance(TimeSpan.FromSeconds(20));
        await router.AnswerAsync([First, Second], Question, null, None);
        Assert.Equal(2, Endpoint.Chats);
    }

    [Theory]
    [InlineData("nobody/m", ModelFailure.UnknownModel, "nobody/m names the provider nobody, which is not configured.")]
    [InlineData("few/m", ModelFailure.UnknownModel, "few/m names the model m, which is not among those of few.")]
    [InlineData("openai/m", ModelFailure.KeyRefused, "There is no key for openai/m: set OPENAI_API_KEY or Providers:openai:ApiKey.")]
    public async Task Answer_ModelThatCannotBeAsked_IsToldWithoutARequest(string model, ModelFailure failure, string message)
    {
        var exception = await Assert.ThrowsAsync<ModelException>(() => Router(Endpoint).AnswerAsync([ModelName.Parse(model)!], Question, null, None));

        Assert.Equal((failure, message), (exception.Failure, exception.Message));
    }

    [Fact]
    public async Task Answer_CancelledProbe_LeavesTheProbeToTheNext()
    {
        await using var second = await ModelEndpoint.StartAsync();
        Answer(ModelReply.Failure(500));
        var router = Router(second);
        for (var i = 0; i < 5; i++)
        {
            await router.AnswerAsync([First, Second], Question, null, None);
        }

        _time.Advance(TimeSpan.FromSeconds(31));
        using var gone = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        Endpoint.OnRequest = async (_, aborted) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, aborted);
            return ModelReply.Score(1);
        };
        var probe = router.AnswerAsync([First, Second], Question, null, gone.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        Answer(new ModelReply("well"));

        Assert.Equal("first/m", (await router.AnswerAsync([First, Second], Question, null, None)).Model);
    }

    private ModelRouter Router(ModelEndpoint second)
    {
        ProviderDirectory providers = new(
        [
            Provider(name: "first"),
            Provider(second.BaseUrl, "second"),
            Provider(name: "few") with { Models = ["other"] },
            new Provider("openai", KnownProvider.Find("openai")!.BaseUrl, null, null),
        ]);
        return new ModelRouter(providers, Clients(), _time, _logs.CreateLogger<ModelRouter>());
    }
}
