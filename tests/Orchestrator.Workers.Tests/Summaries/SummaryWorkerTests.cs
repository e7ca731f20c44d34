using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Summaries;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Summaries;

public sealed class SummaryWorkerTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSampleWorkers().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(nameof(Texts.English), "en", "aqueduct")]
    [InlineData(nameof(Texts.Italian), "it", "laguna")]
    [InlineData(nameof(Texts.Chinese), "zh", "人工智能")]
    public async Task Summary_OfARealText_KeepsToItsSubjectAndInventsNothing(string name, string language, string subject)
    {
        var text = (string)typeof(Texts).GetField(name)!.GetRawConstantValue()!;
        var result = await RunAsync(new { text, maxSentences = 3 });

        Assert.Equal(language, result.GetProperty("language").GetString());
        Assert.Contains(subject, result.GetProperty("summary").GetString(), StringComparison.OrdinalIgnoreCase);
        var sentences = result.GetProperty("sentences").EnumerateArray().ToArray();
        Assert.Equal(3, sentences.Length);
        var source = WithoutSpace(text);
        Assert.All(sentences, sentence => Assert.Contains(WithoutSpace(sentence.GetProperty("text").GetString()!), source, StringComparison.Ordinal));
        var places = sentences.Select(sentence => sentence.GetProperty("index").GetInt32()).ToArray();
        Assert.Equal(places.Order(), places);
        Assert.All(sentences, sentence => Assert.InRange(sentence.GetProperty("score").GetDouble(), 0, 1));
        Assert.True(result.GetProperty("sourceWords").GetInt32() > 100);
    }

    [Fact]
    public async Task Summary_OfAText_HasNoHeadingsInIt()
    {
        var result = await RunAsync(new { text = Texts.English, maxSentences = 50 });
        Assert.DoesNotContain("Water for Rome", result.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal(result.GetProperty("sourceSentences").GetInt32(), result.GetProperty("sentences").GetArrayLength());
    }

    [Fact]
    public async Task Summary_WithAQuotation_GivesItWhole()
    {
        const string Text = "\"A lighthouse,\" he wrote, \"is a promise in stone. If the stone fails, so does the promise.\"";
        Assert.Equal(Text, (await RunAsync(new { text = Text, maxSentences = 1 })).GetProperty("summary").GetString());
    }

    [Fact]
    public async Task Summary_WithoutANumber_HasFiveSentences() =>
        Assert.Equal(5, (await RunAsync(new { text = Texts.English })).GetProperty("sentences").GetArrayLength());

    [Fact]
    public async Task Summary_OfRepetition_SaysItOnce()
    {
        const string Text = """
            The council approved the new tram line on Monday. The council approved the new tram line on Monday evening.
            On Monday the council approved the new tram line. Construction of the tracks will begin in spring and cost 40 million.
            Shop owners fear that customers will stay away while the streets are closed.
            """;
        var sentences = (await RunAsync(new { text = Text, maxSentences = 3 })).GetProperty("sentences").EnumerateArray()
            .Select(sentence => sentence.GetProperty("index").GetInt32()).ToArray();
        Assert.Single(sentences, index => index < 3);
    }

    [Fact]
    public async Task Summary_OfTheSameText_IsTheSame() => Assert.Equal(
        (await RunAsync(new { text = Texts.Italian })).GetRawText(),
        (await RunAsync(new { text = Texts.Italian })).GetRawText());

    [Fact]
    public async Task Summary_OfOneSentence_IsThatSentence()
    {
        var result = await RunAsync(new { text = "Hello" });
        Assert.Equal("Hello", result.GetProperty("summary").GetString());
        Assert.False(result.TryGetProperty("language", out _));
    }

    [Fact]
    public async Task Summary_OfAMebibyte_IsBounded()
    {
        var random = new Random(7);
        var words = Texts.English.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var text = new System.Text.StringBuilder();
        while (text.Length < 1_000_000)
        {
            text.Append("So ").AppendJoin(' ', Enumerable.Range(0, random.Next(5, 25)).Select(_ => words[random.Next(words.Length)].Trim('.', '!', '?'))).Append(". ");
        }

        var started = TimeProvider.System.GetTimestamp();
        var result = await RunAsync(new { text = text.ToString(), maxSentences = 50 });

        Assert.True(result.GetProperty("sourceSentences").GetInt32() > 5_000);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Summary_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var input = JsonSerializer.Serialize(new { text = Texts.English });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Executor.ExecuteAsync(Attempts.Of(SummaryWorker.Action, input), cancelled.Token));
    }

    [Theory]
    [InlineData("""{}""", "text")]
    [InlineData("""{"text":null}""", "$.text")]
    [InlineData("""{"text":5}""", "$.text: must be a string.")]
    [InlineData("""{"text":"  \n "}""", "$.text: must contain words.")]
    [InlineData("""{"text":"a","maxSentences":0}""", "$.maxSentences: must be from 1 to 50.")]
    [InlineData("""{"text":"a","maxSentences":"5"}""", "$.maxSentences: must be a whole number in range or null.")]
    [InlineData("""{"text":"a","maxsentence":5}""", "$.maxsentence: there is no such member.")]
    [InlineData("""{"text":"a","text":"b"}""", "$.text")]
    [InlineData("""{"text":"","maxSentences":99,"language":"!"}""", "$.language")]
    [InlineData("""{"maxSentences":"5","language":7,"colour":1}""", "$.maxSentences: must be a whole number in range or null. $.language: must be a string. $.colour: there is no such member. $.text: required, but missing.")]
    [InlineData("""null""", "must not be null")]
    [InlineData("""[]""", "$: must be an object.")]
    public async Task Input_OfTheWrongForm_IsInvalidInputAndNamesTheMember(string input, string expected)
    {
        var error = (await Executor.ExecuteAsync(Attempts.Of(SummaryWorker.Action, input), default)).ShouldFail(ErrorCodes.InvalidInput);
        Assert.False(error.Retryable);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private IActionExecutor Executor => _services.GetServices<IActionProvider>().SelectMany(provider => provider.Actions)
        .Single(action => action.Name == SummaryWorker.Action).Executor;

    private async Task<JsonElement> RunAsync(object input) =>
        (await Executor.ExecuteAsync(Attempts.Of(SummaryWorker.Action, JsonSerializer.Serialize(input)), default)).ShouldSucceed();

    private static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
