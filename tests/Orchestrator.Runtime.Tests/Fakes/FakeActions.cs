using Orchestrator.Runtime.Execution;

namespace Orchestrator.Runtime.Tests.Fakes;

internal sealed class FakeActions(params ActionDescriptor[] actions) : IActionProvider
{
    public event Action? Changed;

    public IReadOnlyList<ActionDescriptor> Actions { get; private set; } = actions;

    public void Replace(params ActionDescriptor[] with)
    {
        Actions = with;
        Changed?.Invoke();
    }
}
