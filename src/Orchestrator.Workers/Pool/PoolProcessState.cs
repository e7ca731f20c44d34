namespace Orchestrator.Workers.Pool;

/// <summary>The life of one worker process. Only <see cref="PoolProcess"/> moves it.</summary>
internal enum PoolProcessState
{
    /// <summary>Started, has not said <c>ready</c>. Moves on to <see cref="Ready"/>, or through <see cref="Stopping"/> to <see cref="Ended"/>.</summary>
    Starting,

    /// <summary>Waits for a request. Moves on to <see cref="Busy"/> when it gets one.</summary>
    Ready,

    /// <summary>Works on a request. Back to <see cref="Ready"/> with its result or error.</summary>
    Busy,

    /// <summary>Works on a request that nobody wants any more. Back to <see cref="Ready"/> if it answers in time, else it is killed.</summary>
    Cancelling,

    /// <summary>Was told to end, or was killed. A result on its way still counts.</summary>
    Stopping,

    /// <summary>Is gone; whatever it worked on has failed.</summary>
    Ended,
}
