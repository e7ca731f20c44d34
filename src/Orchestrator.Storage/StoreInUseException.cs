namespace Orchestrator.Storage;

/// <summary>Another process holds a store that only one can use.</summary>
public sealed class StoreInUseException : Exception
{
    public StoreInUseException()
        : this("The store is in use by another process.")
    {
    }

    public StoreInUseException(string message)
        : base(message)
    {
    }

    public StoreInUseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
