export { EntriesSkeleton as default } from '@/components/ui/skeleton'
