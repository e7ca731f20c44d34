using System.Globalization;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Naming;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Why;

/// <summary>Why a task waits for a resource.</summary>
internal static class ResourceReason
{
    public static WhyReason Of(TaskRecord task, ResourceRecord resource)
    {
        var amount = task.Resources.GetValueOrDefault(resource.Name);
        if (amount > resource.Bounds.Most)
        {
            return new WhyReason
            {
                Code = "resource_too_small",
                Message = Say($"It needs {amount} of {resource.Name}, which can give {resource.Bounds.Most} at most by now; it waits until that is raised."),
            };
        }

        return new WhyReason
        {
            Code = "waiting_for_resource",
            Message = $"{Need(amount, resource)} {Queue(resource)}",
            Until = resource.ClosedUntil,
        };
    }

    private static string Need(int amount, ResourceRecord resource) => resource switch
    {
        { ClosedUntil: { } until } =>
            Say($"It waits for {amount} of {resource.Name}, whose provider asked to be left alone until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}."),
        { Bounds: ResourceBounds.Bucket bucket } =>
            Say($"It waits for {amount} of {resource.Name}, which holds {resource.Available:0.######} {(resource.Available == 1 ? "token" : "tokens")} and gets {bucket.RefillPerSecond:0.######} a second."),
        _ => Say($"It waits for {amount} of {resource.Name}, of whose {Counted.Of(resource.Bounds.Most, "permit")} {resource.Available:0} {(resource.Available == 1 ? "is" : "are")} free."),
    };

    private static string Queue(ResourceRecord resource) =>
        resource.Waiting <= 1 ? "Nobody else waits for it." : Say($"{resource.Waiting} tasks wait for it.");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
