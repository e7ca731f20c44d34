using System.Net;
using System.Net.Sockets;
using Orchestrator.Runtime.Webhooks;

namespace Orchestrator.Runtime.Tests.Webhooks;

/// <summary>Answers each question with the next of its answers, the last one again and again.</summary>
internal sealed class FakeResolver(params string[][] answers) : IHostResolver
{
    private int _asked;

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        answers.Length == 0
            ? Task.FromException<IReadOnlyList<IPAddress>>(new SocketException((int)SocketError.HostNotFound))
            : Task.FromResult<IReadOnlyList<IPAddress>>([.. answers[Math.Min(_asked++, answers.Length - 1)].Select(IPAddress.Parse)]);
}
