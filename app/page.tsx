export default function Page() {
  return <p>Waggle</p>
}
