using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.Client.Workers;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Operations;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>Renewals of a lease that are under way together.</summary>
public sealed class OverlapTests : RemoteWorkerBench
{
    [Fact]
    public async Task Messages_AnswerFromBeforeTheyWereConsumed_IsNotHeardAgain()
    {
        using var holding = new HoldingHandler();
        using var http = new HttpClient(holding) { BaseAddress = Gateway.Address };
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions());
        var worker = new RemoteWorker(client, new RemoteWorkerOptions { Actions = [Action] }, async (attempt, cancellationToken) =>
        {
            while ((await attempt.ReadMessagesAsync(cancellationToken)).Count == 0)
            {
                await Task.Delay(50, cancellationToken);
            }

            holding.Hold();
            var early = attempt.ReadMessagesAsync(cancellationToken);
            await holding.Answered.WaitAsync(cancellationToken);
            await attempt.SaveAsync(JsonValues.ToRawJson("one"), 1, cancellationToken);
            holding.Release();
            return JsonValues.ToRawJson((await early).Count);
        });
        var working = worker.RunAsync(Stop.Token);
        var id = await SubmitAsync();
        await Gateway.Services.GetRequiredService<ISteeringOperations>().SendAsync(id, [new NewMessage("user", "one")], null, CancellationToken.None);

        Assert.Equal("0", (await EndAsync(id)).Result.ToString());
        await Stop.CancelAsync();
        await working.WaitAsync(Patience);
    }
}
