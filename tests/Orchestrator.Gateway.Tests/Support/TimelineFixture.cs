namespace Orchestrator.Gateway.Tests.Support;

/// <summary>A gateway that writes its timeline at once.</summary>
public sealed class TimelineFixture : IAsyncLifetime
{
    public TestGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync() => Gateway = await TestGateway.StartAsync(_ => { }, "--Timeline:FlushInterval", "100ms");

    public async Task DisposeAsync() => await Gateway.DisposeAsync();
}
