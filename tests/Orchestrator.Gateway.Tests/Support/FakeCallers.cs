using Microsoft.AspNetCore.Http;
using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Tells who calls without keys.</summary>
internal sealed class FakeCallers : ICallerResolver
{
    private readonly Func<HttpContext, CallerContext>? _find;

    public FakeCallers()
    {
    }

    public FakeCallers(Func<HttpContext, CallerContext> find) => _find = find;

    /// <summary>Who calls from now on, where nobody is found by the request.</summary>
    public CallerContext Caller { get; set; } = CallerContext.Everyone;

    public ValueTask<CallerContext> ResolveAsync(HttpContext http) => new(_find?.Invoke(http) ?? Caller);
}
