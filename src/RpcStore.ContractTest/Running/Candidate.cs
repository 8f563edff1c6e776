using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Running;

/// <summary>Somebody who may call in the test.</summary>
/// <param name="Name">Who, for a person: <c>the key ops.key</c>.</param>
/// <param name="Claim">The role that they are there for; null for whatever the server says.</param>
/// <param name="Messages">Carries their messages.</param>
/// <param name="OwnsSession">Whether the test may end their session: nobody else uses it, or there is none.</param>
public sealed record Candidate(string Name, CallerRole? Claim, IMessageCaller Messages, bool OwnsSession);
