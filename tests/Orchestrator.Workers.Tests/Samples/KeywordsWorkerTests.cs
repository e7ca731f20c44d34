using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Tests.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Samples;

/// <summary>The sample Python worker, run as the gateway's own configuration runs it.</summary>
public sealed class KeywordsWorkerTests : IAsyncLifetime
{
    private const string Action = "generation.keywords";
    private readonly IHost _host = CreateHost();
    private ActionDescriptor _action = null!;

    public async Task InitializeAsync()
    {
        var provider = _host.Services.GetServices<IActionProvider>().OfType<ProcessPoolProvider>().Single();
        var servable = new TaskCompletionSource<ActionDescriptor>(TaskCreationOptions.RunContinuationsAsynchronously);
        provider.Changed += () =>
        {
            if (provider.Actions.Single() is { UnavailableReason: null } action)
            {
                servable.TrySetResult(action);
            }
            else
            {
                servable.TrySetException(new InvalidOperationException(provider.Actions.Single().UnavailableReason));
            }
        };
        await _host.StartAsync();
        _action = await servable.Task.WaitAsync(PoolHarness.Patience);
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task English_GivesTheRepeatedPhrasesFirst()
    {
        var result = await RunAsync(new { text = Texts.English, maxKeywords = 8 });
        var keywords = Keywords(result);
        Assert.Equal("en", result.GetProperty("language").GetString());
        Assert.Equal(8, keywords.Length);
        Assert.Contains(keywords.Take(3), keyword => keyword.Contains("aqueduct", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("the", keywords);
        Assert.Equal(1, result.GetProperty("keywords")[0].GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task Italian_IsRecognisedAndItsPhrasesAreFound()
    {
        var result = await RunAsync(new { text = Texts.Italian });
        Assert.Equal("it", result.GetProperty("language").GetString());
        Assert.Contains(Keywords(result).Take(3), keyword => keyword.Contains("laguna", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Chinese_GivesWordsOfSeveralCharacters()
    {
        var result = await RunAsync(new { text = Texts.Chinese });
        Assert.Equal("zh", result.GetProperty("language").GetString());
        Assert.Contains("人工智能", Keywords(result));
    }

    [Fact]
    public async Task Japanese_GivesWholeWordsAndNoPartsOfThem()
    {
        const string Text = """
            江戸時代の日本では、和紙は生活のあらゆる場面で使われていた。和紙の生産者は急速に減少した。全国に和紙生産者がいたが、今は少ない。
            この技術はユネスコの無形文化遺産に登録された。大英博物館でも、古い絵画の修復に和紙が使われている。楮の生産者の高齢化は深刻な問題である。
            無形文化遺産となった和紙の未来は、この町の努力にかかっている。
            """;
        var result = await RunAsync(new { text = Text, maxKeywords = 20 });
        var keywords = Keywords(result);
        Assert.Equal("ja", result.GetProperty("language").GetString());
        Assert.Equal("和紙", keywords[0]);
        Assert.All(["生産者", "無形文化遺産", "ユネスコ"], word => Assert.Contains(word, keywords));
        Assert.DoesNotContain(keywords, word => word is "産者" or "生産" or "文化遺産" or "使わ" || word.Any(c => c is >= '\u3041' and <= '\u309f'));
    }

    [Fact]
    public async Task LegalEnglish_GivesTheWholeTermAndNoPartsOfIt()
    {
        const string Text = """
            The General Public License is a free license. You should have received a copy of the General Public License along with this program.
            A covered work means either the unmodified program or a work based on the program. To convey a covered work means any kind of propagation.
            If the program has the General Public License along with it, a covered work means what that version of the General Public License says.
            """;
        var keywords = Keywords(await RunAsync(new { text = Text, maxKeywords = 20 }));
        Assert.All(["General Public License", "covered work"], phrase => Assert.Contains(phrase, keywords));
        Assert.DoesNotContain(keywords, phrase => phrase is "General Public" or "Public License" or "License along" or "work means");
    }

    [Fact]
    public async Task Input_WithMistakes_NamesThemAll()
    {
        var result = await _action.Executor.ExecuteAsync(Attempts.Of(Action, """{"text":5,"maxKeywords":0,"language":"?","colour":1}"""), default);
        var error = result.ShouldFail(ErrorCodes.InvalidInput);
        Assert.False(error.Retryable);
        Assert.All(["$.text", "$.maxKeywords", "$.language", "$.colour"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_OfAMebibyte_IsDoneInTime()
    {
        var text = string.Concat(Enumerable.Repeat(Texts.English + "\n\n", (900 * 1024 / Texts.English.Length) + 1));
        Assert.NotEmpty(Keywords(await RunAsync(new { text })));
    }

    private static string[] Keywords(JsonElement result) =>
        [.. result.GetProperty("keywords").EnumerateArray().Select(keyword => keyword.GetProperty("keyword").GetString()!)];

    private async Task<JsonElement> RunAsync(object input) =>
        (await _action.Executor.ExecuteAsync(Attempts.Of(Action, JsonSerializer.Serialize(input)), default).WaitAsync(PoolHarness.Patience)).ShouldSucceed();

    private static IHost CreateHost()
    {
        var load = ProcessPoolOptionsLoader.Load(
            AppContext.BaseDirectory,
            name => name == ProcessPoolOptionsLoader.FileVariable ? Path.Combine(AppContext.BaseDirectory, "gateway-orchestrator.json") : null,
            options => options.PoolSize = 1);
        Assert.Empty(load.Mistakes);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddProcessPool(load.Options);
        return builder.Build();
    }
}
