using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers.Tests.Support;

/// <summary>Keeps what an attempt writes down, and answers as a test says.</summary>
internal sealed class FakeJournal : IAttemptJournal
{
    public List<SteeringMessage> Messages { get; } = [];

    public Dictionary<string, ApprovalAnswer> Answers { get; } = [];

    public List<(string Checkpoint, int ConsumedThrough)> Saved { get; } = [];

    public Task<IReadOnlyList<SteeringMessage>> ReadMessagesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SteeringMessage>>([.. Messages]);

    public Task SaveAsync(ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken)
    {
        Saved.Add((System.Text.Encoding.UTF8.GetString(checkpoint.Span), consumedThrough));
        Messages.RemoveAll(message => message.Number <= consumedThrough);
        return Task.CompletedTask;
    }

    public Task<ApprovalAnswer?> FindAnswerAsync(CancellationToken cancellationToken) => Task.FromResult(Answers.Values.LastOrDefault());

    public Task<ApprovalAnswer?> FindAnswerAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Answers.GetValueOrDefault(key));
}
