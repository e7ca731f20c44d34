using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers;

/// <summary>What a worker knows of the attempt it runs, and what it can tell about it meanwhile.</summary>
public interface IWorkerContext
{
    Guid TaskId { get; }

    string Workspace { get; }

    string Action { get; }

    /// <summary>From 1.</summary>
    int Attempt { get; }

    int MaxAttempts { get; }

    /// <summary>Time left until the attempt is ended as <c>timeout</c>; never negative.</summary>
    TimeSpan Remaining { get; }

    /// <summary>Tells how far the work is.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="message">What is being done, if it is worth saying.</param>
    void ReportProgress(double fraction, string? message = null);

    /// <summary>Appends a piece of output for those who follow the task's events.</summary>
    void AppendChunk(string text);

    /// <summary>Says what the attempt consumed; the last call counts, also when the attempt fails.</summary>
    void ReportUsage(TaskUsage usage);

    /// <summary>
    /// A child of this task to be: <paramref name="input"/> is written as the worker's results are. Set further properties with
    /// <c>with</c>.
    /// </summary>
    ChildTask NewChild<TInput>(string action, TInput input);

    /// <summary>
    /// Creates children of this task, all or none; they are durable when it answers with their ids, in the given order. An attempt that
    /// runs the same code again gets the same children: by <see cref="ChildTask.Key"/>, or else by the order in which they are created.
    /// </summary>
    /// <exception cref="WorkerException">They were refused: <c>depth_exceeded</c> names the limit; <c>invalid_input</c> says what is wrong.</exception>
    Task<IReadOnlyList<Guid>> DelegateAsync(IReadOnlyList<ChildTask> children, CancellationToken cancellationToken);

    /// <summary>
    /// How these children ended, in the given order. While one of them has not, this ends the attempt with a
    /// <see cref="WaitingForChildrenException"/>, which is to be left alone: the task waits without a slot, and once they have all ended
    /// the worker is run again from its beginning and gets the answer here. Such an attempt does not count.
    /// </summary>
    /// <exception cref="WorkerException">One of them is no child of this task.</exception>
    Task<IReadOnlyList<EndedChild>> WaitForAsync(IReadOnlyList<Guid> children, CancellationToken cancellationToken);

    /// <summary>What <see cref="SetCheckpoint"/> or <see cref="SaveCheckpointAsync"/> noted, here or in an earlier attempt; the default when nothing was.</summary>
    T? FindCheckpoint<T>();

    /// <summary>
    /// Notes what an attempt that runs this code again need not find out again. It is stored with the next <see cref="DelegateAsync"/>,
    /// <see cref="WaitForAsync"/> or <see cref="AskAsync"/>, together with what these do.
    /// </summary>
    /// <exception cref="WorkerException">As JSON it has more than 1 MiB.</exception>
    void SetCheckpoint<T>(T value);

    /// <summary>What people said to the task and no attempt has consumed, in order. They stay until <see cref="SaveCheckpointAsync"/> consumes them.</summary>
    Task<IReadOnlyList<SteeringMessage>> ReadMessagesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores a checkpoint now, and in the same transaction takes the messages up to <paramref name="consumedThrough"/> as consumed: so
    /// the next attempt either finds both in its checkpoint or reads the messages again.
    /// </summary>
    /// <param name="value">As of <see cref="SetCheckpoint"/>, whose note it replaces.</param>
    /// <param name="consumedThrough">The number of the last message that the checkpoint took in; 0 for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WorkerException">As JSON the checkpoint has more than 1 MiB.</exception>
    Task SaveCheckpointAsync<T>(T value, int consumedThrough, CancellationToken cancellationToken);

    /// <summary>
    /// What a person decided about this request. While nobody has, this ends the attempt with a <see cref="WaitingForApprovalException"/>,
    /// which is to be left alone: the task waits without a slot, and once somebody has decided, or the time limit is over, the worker is run
    /// again from its beginning and gets the answer here. Such an attempt does not count. A worker that runs again finds each answer by the
    /// <see cref="ApprovalRequest.Key"/> of its request, or else by the order in which it asks.
    /// </summary>
    Task<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken);
}
