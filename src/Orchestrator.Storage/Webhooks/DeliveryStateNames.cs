namespace Orchestrator.Storage.Webhooks;

public static class DeliveryStateNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<DeliveryState>().Select(ToName)];

    public static string ToName(this DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Delivered => "delivered",
        DeliveryState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The state of a name, or null when it is none.</summary>
    public static DeliveryState? Parse(string name)
    {
        foreach (var state in Enum.GetValues<DeliveryState>())
        {
            if (state.ToName() == name)
            {
                return state;
            }
        }

        return null;
    }
}
