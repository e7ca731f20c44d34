using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Runtime.Tests.Priorities;

/// <summary>A model in this process that answers what the test says, and counts.</summary>
internal sealed class FakeChat(Func<ChatRequest, CancellationToken, Task<string>> answer) : IChatModel, IEmbeddingModel
{
    private int _calls;
    private int _atOnce;
    private int _most;

    public FakeChat(int score)
        : this((_, _) => Task.FromResult(ScoreText(score)))
    {
    }

    public string Name => "fake/model";

    public int Calls => Volatile.Read(ref _calls);

    public int MostAtOnce => Volatile.Read(ref _most);

    public Func<string, float[]> Embed { get; init; } = _ => throw new ModelException(ModelFailure.Unavailable, "no embeddings");

    public static string ScoreText(int score) => $$"""{"priority_score": {{score}}}""";

    public async Task<ChatAnswer> AskAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var atOnce = Interlocked.Increment(ref _atOnce);
        InterlockedMax(atOnce);
        try
        {
            return new ChatAnswer(await answer(request, cancellationToken), new TaskUsage(100, 7));
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    public Task<EmbeddingAnswer> EmbedAsync(string text, CancellationToken cancellationToken) =>
        Task.FromResult(new EmbeddingAnswer(Embed(text), null));

    private void InterlockedMax(int value)
    {
        for (var most = MostAtOnce; value > most; most = MostAtOnce)
        {
            Interlocked.CompareExchange(ref _most, value, most);
        }
    }
}
