using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers.Tests.Agents;

/// <summary>What a store would keep for one task, and the silo's death at a write of the test's choice.</summary>
internal sealed class FakeJournal : IAttemptJournal
{
    private int _consumed;

    public List<SteeringMessage> Messages { get; } = [];

    public List<(byte[] Checkpoint, int ConsumedThrough)> Saved { get; } = [];

    public Dictionary<string, ApprovalAnswer> Answers { get; } = [];

    /// <summary>The number of the write, from 1, with which the process dies; what is written then is not kept.</summary>
    public int DiesAt { get; set; }

    /// <summary>What was told with checkpoints.</summary>
    public TaskUsage? Told { get; private set; }

    public int Writes { get; private set; }

    public ReadOnlyMemory<byte>? Checkpoint { get; set; }

    public Task<IReadOnlyList<SteeringMessage>> ReadMessagesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SteeringMessage>>([.. Messages.Where(message => message.Number > _consumed)]);

    public Task SaveAsync(ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken)
    {
        if (++Writes == DiesAt)
        {
            throw new DeadSiloException();
        }

        Told = TaskUsage.Sum(Told, usage);
        Saved.Add((checkpoint.ToArray(), consumedThrough));
        Checkpoint = checkpoint.ToArray();
        _consumed = Math.Max(_consumed, consumedThrough);
        return Task.CompletedTask;
    }

    public Task<ApprovalAnswer?> FindAnswerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ApprovalAnswer?> FindAnswerAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Answers.GetValueOrDefault(key));

    public void Say(string text, string role = "user") => Messages.Add(new SteeringMessage(Messages.Count + 1, role, text));
}
