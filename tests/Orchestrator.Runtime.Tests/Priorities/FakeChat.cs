using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Runtime.Tests.Priorities;

/// <summary>A model in this process that answers what the test says, and counts.</summary>
internal sealed class FakeChat(Func<Chat, CancellationToken, Task<string>> answer) : IChatModel, IEmbeddingModel
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

    public async Task<ChatTurn> AnswerAsync(Chat chat, Action<string>? onText, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var atOnce = Interlocked.Increment(ref _atOnce);
        InterlockedMax(atOnce);
        try
        {
            return new ChatTurn(Name, await answer(chat, cancellationToken), [], new TaskUsage(100, 7));
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    public Task<EmbeddingAnswer> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        Task.FromResult(new EmbeddingAnswer([.. texts.Select(text => (ReadOnlyMemory<float>)Embed(text))], null));

    private void InterlockedMax(int value)
    {
        for (var most = MostAtOnce; value > most; most = MostAtOnce)
        {
            Interlocked.CompareExchange(ref _most, value, most);
        }
    }
}
