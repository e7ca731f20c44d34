using Orchestrator.Core.Tasks;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Generation;

public sealed class EmbeddingsTests : GenerationBench
{
    private const string Action = "embeddings";

    [Theory]
    [InlineData("""{"input": "abc"}""", "[[3,0.5]]")]
    [InlineData("""{"input": ["abc", "de"], "model": "stub/e"}""", "[[3,0.5],[2,0.5]]")]
    public async Task Execute_Texts_AreTheirVectors(string input, string vectors)
    {
        Endpoint.OnEmbedding = text => [text.Length, 0.5f];

        var result = await RunAsync(Action, input);

        Assert.Equal($$"""{"model":"stub/e","vectors":{{vectors}}}""", result.ShouldSucceed().GetRawText());
        Assert.Equal("stub", result.Provider);
        Assert.True(result.Usage!.InputTokens > 0);
    }

    [Theory]
    [InlineData("""{"input": 3}""", "$.input: must be a text or a list of texts.")]
    [InlineData("""{"input": []}""", "$.input: must have from 1 to 2000 texts.")]
    [InlineData("""{"input": ["a", "", 3], "model": "x"}""", "$.model: must be provider/model, such as openai/gpt-4o-mini. $.input[1]: must not be empty. $.input[2]: must be a text.")]
    public async Task Execute_OtherInput_NamesAllThatIsWrong(string input, string message) =>
        Assert.Equal(message, (await RunAsync(Action, input)).ShouldFail(ErrorCodes.InvalidInput).Message);
}
